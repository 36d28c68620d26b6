"""Rewrite mark-up that libxml2 reads otherwise than browsers do, before it is parsed.

Browsers ignore the slash of `<script/>`; take all that stands in `<noscript>` for text, since they run scripts; and show a
break where an end tag `</br>` stands, and a paragraph's where a `</p>` ends nothing; and show `<![CDATA[…]]>` in drawings.
"""

from __future__ import annotations

import re
from html import escape

PARAGRAPH_END = "paragraph-end"
"""Name of an element that is put behind each `</p>`: libxml2 does not tell of those that end nothing."""

# What is text for browsers, a comment or a drawing is passed over as a whole: nothing in it is meant here.
_MISREAD = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<plaintext(?=[\s/>]).*\Z"
    r"|<(?P<foreign>svg|math)(?=[\s/>]).*?(?:</(?P=foreign)|\Z)"
    r"|(?P<start><(?P<text>script|style|textarea|title|iframe|noembed|noframes|noscript|xmp)(?=[\s/>])[^<>]*?)/?>"
    r"(?P<content>.*?)(?=</(?P=text)[\s/>]|\Z)"
    r"|(?P<unended><(?:audio|canvas|datalist|meter|object|progress|template|video)(?=[\s/])[^<>]*)/>"
    r"|</(?P<end>br|p)(?=[\s/>])[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)


_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)


def rewrite_misread_markup(page: str) -> str:
    """Rewrite a decoded page; time is linear in its length."""
    return _MISREAD.sub(_rewrite_match, page)


def _rewrite_match(match: re.Match[str]) -> str:
    if tag := match["text"]:
        content = match["content"]
        if tag.lower() == "noscript":
            content = content.replace("&", "&amp;").replace("<", "&lt;")
        return f"{match['start']}>{content}"
    if match["foreign"]:
        return _CDATA.sub(lambda section: escape(section[1], quote=False), match[0])
    if match["unended"]:
        return f"{match['unended']}>"
    if match["end"]:
        return "<br>" if match["end"].lower() == "br" else f"{match[0]}<{PARAGRAPH_END}></{PARAGRAPH_END}>"
    return match[0]
