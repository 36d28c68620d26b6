"""Characters that readers do not see, other forms of the same letters, and bytes in one encoding that name another."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from unicodedata import normalize

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u202a\u202c\u2067\u2069\u034f\ufe0f\u180e\u3164\U000e0041"
SPACES = "\u00a0\u2009\u202f\u3000\u2003\u1680\u205f\u0085\u2028\x0c"
_LETTER_BOUNDARY = re.compile(r"(?<=\w)(?=\w)")
_LOOK_ALIKES = str.maketrans({"a": "а", "e": "е", "o": "ο", "-": "‑", "'": "’", '"': "“", "f": "ｆ", "i": "ı"})

LABELS = """utf-8 utf8 UTF-16 utf-16le utf-32 iso-8859-1 windows-1252 latin1 gbk gb2312 gb18030 big5 shift_jis euc-jp
iso-2022-jp euc-kr windows-1250 windows-1251 windows-1255 windows-1256 koi8-r macintosh x-user-defined utf-7 cesu-8
replacement hz-gb-2312 nothing us-ascii ebcdic-us x-mac-cyrillic iso-8859-8-i punycode base64 rot13 idna unicode_escape
raw_unicode_escape zlib undefined mbcs utf-8-sig""".split()
"""Encodings that a page may name; some are none, and some are codecs of Python that decode no text."""
CODECS = """utf-8 utf-8 utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 cp1252 latin-1 gbk gb18030 big5 shift_jis euc-jp
iso2022_jp euc-kr cp1250 cp1251 cp1255 cp1256 koi8-r mac-roman utf-7 cp037 hz""".split()


def _insert_between_letters(rng: random.Random, text: str) -> str:
    signs, rate = rng.choice((INVISIBLE, "\u00ad", "\u200b", "\u200d\u200c")), rng.choice((0.02, 0.3))
    return _LETTER_BOUNDARY.sub(lambda _: rng.choice(signs) if rng.random() < rate else "", text)


def _insert_marks(rng: random.Random, text: str) -> str:
    mark = rng.choice(("\u0301", "\u0323\u0301", "\u20dd", "\u0489" * 30, "\u0e33"))
    return re.sub("(?<=[aeiou])", lambda _: mark if rng.random() < 0.1 else "", text)


DISGUISES: tuple[Callable[[random.Random, str], str], ...] = (
    lambda rng, text: normalize("NFD", text),
    lambda rng, text: normalize("NFKD", text),
    lambda rng, text: normalize("NFC", text),
    lambda rng, text: re.sub(" ", lambda _: rng.choice(SPACES) if rng.random() < 0.3 else " ", text),
    lambda rng, text: text.translate(_LOOK_ALIKES),
    lambda rng, text: "\u202e" + text,
    lambda rng, text: text.upper(),
    _insert_between_letters,
    _insert_between_letters,
    _insert_marks,
)


def disguise_words(rng: random.Random, text: str) -> str:
    """The same words to a reader's eye, or nearly, in other characters; marks of HTML may be hit too."""
    if rng.random() < 0.3:
        return rng.choice(DISGUISES)(rng, text)
    return re.sub(r"(?<=>)[^<>&]+", lambda found: rng.choice(DISGUISES)(rng, found[0]), text)


def encode_page(rng: random.Random, page: str) -> bytes:
    """A page's bytes: in the encoding that it names or another, whole or with bad bytes. `CHARSET` in it becomes the name."""
    codec = rng.choice(CODECS)
    label = codec if rng.random() < 0.6 else rng.choice(LABELS)
    content = page.replace("CHARSET", label).encode(codec, rng.choice(("replace", "ignore", "xmlcharrefreplace")))
    content = rng.choice((b"", b"", b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"+/v8-")) + content
    for _ in range(rng.choice((0, 0, 0, 1, 1, 5, 200))):
        at = rng.randint(0, len(content))
        content = content[:at] + rng.choice((b"\xe4", b"\xc3", b"\x80", b"\x99", b"\0", b"\xff", b"\xed\xa0\x80")) + content[at:]
    return content
