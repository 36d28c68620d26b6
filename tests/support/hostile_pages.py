"""Pages, files and settings that try to run a script: each calls `alert`, or shows by its address that it ran."""

from __future__ import annotations

from pathlib import Path

SCRIPT = "alert(1)"
HEADINGS = {
    "heading": f"# A `</title><script src=../x.txt></script><script>{SCRIPT}</script>`",
    "entities": "# &lt;/title&gt;&lt;script src=../x.txt&gt;&lt;/script&gt;",
    "bare": "# &lt/title&gt&ltscript src=../x.txt&gt&lt/script&gt",
}
"""Titles that become markup where a theme strips the tags of a heading and unescapes the rest; as text they are harmless."""
BODIES = {
    "inline": f"<script>{SCRIPT}</script>",
    "file": '<script src="../x.txt"></script>',
    "json": '<SCRIPT\nsrc="../x.json"></SCRIPT>',
    "module": '<script type="module" src="../x.txt"></script>',
    "preload": '<link rel="modulepreload" href="../x.txt"><link rel="stylesheet" href="../x.txt">',
    "block": f'<div>\n`<script src="../x.txt"></script>`\n<img src=x onerror="{SCRIPT}">\n</div>',
    "indented": '1. One\n\n       <script src="../x.txt"></script>\n',
    "unclosed": '<script src="../x.txt"',
    "close": '</article></main><script src="../x.txt"></script>',
    "comment": '<!--><script src="../x.txt"></script>-->',
    "comment-end": '<!-- a --!><script src="../x.txt"></script> -->',
    "template": '<template><script src="../x.txt"></script></template>',
    "handler": f'<img src="nowhere" onerror="{SCRIPT}">',
    "slash": f'<svg/onload="{SCRIPT}">',
    "focus": f'<input autofocus onfocus="{SCRIPT}">',
    "toggle": f'<details open ontoggle="{SCRIPT}"><summary>a</summary></details>',
    "list": f'A word.\n{{: onclick="{SCRIPT}" style="animation-name:x" }}',
    "link": f"[a](javascript:{SCRIPT})",
    "encoded": f"[a](JaVa&#115;cript&colon;{SCRIPT})",
    "reference": f"[a][b]\n\n[b]: javascript:{SCRIPT}",
    "autolink": f"<javascript:{SCRIPT}>",
    "anchor": f'<a href=" java\tscript:{SCRIPT}">a</a>',
    "data": f'<a href="data:text/html,<script>{SCRIPT}</script>">a</a>',
    "frame": '<iframe src="../plain.html"></iframe>',
    "frame-document": '<iframe srcdoc="<script src=/x.txt></script>"></iframe>',
    "frame-encoded": '<iframe srcdoc="&lt;script src=/x.txt&gt;&lt;/script&gt;"></iframe>',
    "frame-svg": '<iframe src="../drawn.svg"></iframe>',
    "frame-script": f'<iframe src="javascript:{SCRIPT}"></iframe>',
    "object": '<object data="../drawn.svg" type="image/svg+xml"></object><embed src="../plain.html">',
    "base": '<base href="https://elsewhere.example/">',
    "refresh": '<meta http-equiv="refresh" content="0; url=../plain.html">',
    "policy": '<meta http-equiv="Content-Security-Policy" content="script-src *">',
    "form": f'<form action="javascript:{SCRIPT}"><button autofocus formaction="javascript:{SCRIPT}">a</button></form>',
    "animated": f'<svg><a><animate attributeName="href" values="javascript:{SCRIPT}" /><text y="9">a</text></a></svg>',
    "use": '<svg><use href="../drawn.svg#a"></use></svg>',
    "foreign": f'<svg><foreignObject><img src=x onerror="{SCRIPT}"></foreignObject></svg>',
    "math": f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={SCRIPT}&gt;">',
    "noscript": f'<noscript><p title="</noscript><img src=x onerror={SCRIPT}>"></noscript>',
    "text-area": f'<textarea><img title="</textarea><img src=x onerror={SCRIPT}>"></textarea>',
    "config": '<div id="__config">{"base": "https://elsewhere.example"}</div>',
    "declaration": "<![><script src='../x.txt'></script>",
    "address": "[a](http://[::1)",
    "footnote": f"a[^1]\n\n[^1]: [a](javascript:{SCRIPT})",
    "indented-link": f"1. One\n\n    [a](<java\tscript:{SCRIPT}>)",
    "line-end": f"[a](java\nscript:{SCRIPT})",
    "defined": f"- [a][b]\n\n    [b]: javascript:{SCRIPT}",
    "braces": f'A word.\n{{: title="}}" onclick="{SCRIPT}" }}',
    "fence": "```\n<script src=../x.txt></script>",
    "backticks": '``` `<script src="../x.txt"></script>`',
    "element": '<section>\n\n`<script src="../x.txt"></script>`\n\n</section>',
    "elsewhere": "![a](https://elsewhere.example/a.png)",
}
METADATA = {
    "title": f'"A</title><script src=../x.txt></script><script>{SCRIPT}</script>"',
    "description": f'"\\"><script>{SCRIPT}</script>"',
    "author": f'"\\"><img src=x onerror={SCRIPT}>"',
    "subtitle": f"'<img src=x onerror={SCRIPT}>'",
    "status": f"'x\"><svg onload={SCRIPT}>'",
    "icon": "../../../x",
    "template": "nosuch.html",
    "hide": "navigation",
    "tags": f"['<img src=x onerror={SCRIPT}>']",
    "robots": f"'\"><script>{SCRIPT}</script>'",
    "image": f"javascript:{SCRIPT}",
}
"""One value of front matter for each page."""
FILES = {
    "x.js": "alert(1)",
    "x.mjs": "alert(1)",
    "plain.html": f"<!doctype html><script>{SCRIPT}</script>",
    "plain.htm": f"<script>{SCRIPT}</script>",
    "plain.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><script>{SCRIPT}</script></html>',
    "drawn.svg": f'<svg xmlns="http://www.w3.org/2000/svg" id="a" onload="{SCRIPT}"><script>{SCRIPT}</script></svg>',
    "part.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><g><h:script xmlns:h="http://www.w3.org/1999/xhtml">{SCRIPT}</h:script></g></svg>',
    "entity.svg": f'<!DOCTYPE svg [<!ENTITY a "<script>{SCRIPT}</script>">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    "moving.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><a><set attributeName="href" to="javascript:{SCRIPT}"/></a></svg>',
    "styled.svg": '<?xml-stylesheet href="x.xsl" type="text/xsl"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "plain.xml": f'<?xml version="1.0"?><a xmlns="http://www.w3.org/1999/xhtml"><script>{SCRIPT}</script></a>',
    "paper.pdf": "%PDF-1.7",
    "nothing": f"<script>{SCRIPT}</script>",
}
TEMPLATE_FILES = {f"part/{name}": text for name, text in FILES.items() if name != "plain.html"} | {
    "PLAIN.SVG": FILES["drawn.svg"]
}
"""The same in the folder of templates, where a file that ends in `.html` is a template, and no host copies it."""
DATA_FILES = {"x.txt": SCRIPT, "x.json": SCRIPT}
"""Files that a site may have, and a script element would run."""
SETTINGS = f"""\
site_name: 'Count </title><script src=/x.txt></script><script>{SCRIPT}</script>'
site_description: '"><script>{SCRIPT}</script>'
site_author: '"><script>{SCRIPT}</script>'
copyright: '<script src=/x.txt></script><img src=x onerror={SCRIPT}>'
repo_name: '<script src=/x.txt></script>'
extra:
  homepage: 'javascript:{SCRIPT}'
  social: [{{icon: material/web, link: 'javascript:{SCRIPT}', name: '"><script src=/x.txt></script>'}}]
  consent: {{title: '<script src=/x.txt></script>', description: '<img src=x onerror={SCRIPT}>'}}
nav:
  - '<script src=/x.txt></script><img src=x onerror={SCRIPT}>': index.md
  - 'Nowhere': 'javascript:{SCRIPT}'
"""


def write_hostile_pages(root: Path) -> None:
    """Add them all to a copy of the example."""
    docs, config = root / "docs", root / "mkdocs.yml"
    for name, text in {**HEADINGS, **BODIES}.items():
        (docs / f"body-{name}.md").write_text(f"{text}\n" if name in HEADINGS else f"# Page\n\n{text}\n", encoding="utf-8")
    for name, value in METADATA.items():
        (docs / f"key-{name}.md").write_text(f"---\n{name}: {value}\n---\n\n# Page\n", encoding="utf-8")
    for name, text in {**FILES, **DATA_FILES}.items():
        (docs / name).write_text(text, encoding="utf-8")
    for name, text in TEMPLATE_FILES.items():
        (root / "overrides" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "overrides" / name).write_text(text, encoding="utf-8")
    kept = config.read_text(encoding="utf-8").replace("site_name: The ferry count\n", "")
    kept = kept.replace("font: false}", "font: false, custom_dir: overrides}")
    config.write_text(SETTINGS + kept.partition("nav:\n")[0] + "plugins:" + kept.partition("plugins:")[2], encoding="utf-8")
