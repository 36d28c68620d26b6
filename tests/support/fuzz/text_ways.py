"""What is done to the text of any file: characters, lines, keys and values of another kind, payloads, too much of everything."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable

PAYLOADS = r"""<script>alert(1)</script>|<img src=x onerror=alert(1)>|[x](javascript:alert(1))|[x](JaVaScRiPt&colon;alert(1))
<javascript:alert(1)>|![x](javascript:alert(1))|" onmouseover="alert(1)|{{7*7}}|{% raw %}|</p><svg/onload=alert(1)>|&rlo;evil
[x](data:text/html,<script>1</script>)|[x](//evil.example)|[x]: javascript:alert(1)|<!-- dossier: rules -->|`<script>`
[x](#"onclick=alert(1))|[x](/"onclick="alert(1))|&#x202e;|&#0;|%00|[x](java%0ascript:alert(1))|[“x”](#april-record)
[x](http://[::1)|[x](https://a]b)|[x](#../../x)|[x](/../../etc/passwd)|٣٤|ﬀ|\u0000""".replace("\n", "|").split("|")
VALUES = r"""[]|{}|[a]|{a: b}|[[a]]|[{a: b}]|""|~|1|-1|0|0.5|1e999|99999999999999999999|true|no|"\0"|"a\nb"|"\u202e"|"\e[31m"
"\x85"|*x|&x y|!!python/object:os.system x|!!int ""|!!bool x|!!float x|!!timestamp x|!!set {a}|!x y|!ENV [1, x]|!ENV []
!ENV [[a], b]|!ENV x|../x|/|/etc/passwd|../../../x|"a\tb"|nowhere|'|"|[|{|- x|? x|: |not-established|"0000-00-00"|"2024-02-30"
"9999-12/.."|"../2024"|"2024/2023"|"-0001"|"0001-01-01"|"2024-13"|2024-05-02|"2024-05-02/"|"6-2"|"1-99999"|[1, 1]|["5-1"]
https://|http://[|https://x/"y|javascript:alert(1)|null|NaN|"\ud800"|"٣"|text|published|retired|draft|review|april-record|"1-5"
harbour-office|["\n"]|{"a\nb": c}|{"\e": c}|{[a]: b}|x: y|# x|[heading]|{heading: [1]}|"x\u2028y"|april-record-2|[text, text]"""
DEEP = '[|{a: |- |> |((|<div>|<b>|<table><tr><td>|{"a":|*a_|![|](|`|<!--|&a|[a]: b\n|1. |<p|&|“'.split("|")
OTHERS = VALUES.replace("\n", "|").split("|")
CHARSETS = "utf-16 utf-7 idna punycode undefined base64 zip rot13 unicode_escape raw_unicode_escape mbcs nothing utf-8-sig cp037"
KEYS = 'slug|article|id|digest|__class__|"a\\nb"|"\\e"|[a]|? a|\'x y\'|<<|é|status|reviewed|title|model_config'.split("|")
YAML = "&a |*a |!!str |!x |--- |\n---\n|\n...\n|%YAML 9\n---\n|<<: *a\n|? |\t|>\n|{|]|: |- ".split("|")
ESCAPES = r"\0|\x1b|\u202e|\u2028|\ud800|\n|\x85|&#x1b;|&#x202e;|&#0;|\L|\U0010ffff".split("|")
BULK = "x|x |x\n|\n\nOne [two](#x) three.|- id: a\n|é|#|<p>One two three.</p>|\n- |“a” |[a](/b) |\n> a|\n\n\n".split("|")
CONTROLS = [*map(chr, (0, 7, 8, 11, 12, 27, 127, 133, 155, 0x200E, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xFFFE))]
ENCODINGS = ["utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig", "cp037", "utf-7"]
Text = Callable[[random.Random, str], str]


def _make_inserter(*pieces: str) -> Text:
    """Something put in anywhere."""

    def insert(rng: random.Random, text: str) -> str:
        at = rng.randint(0, len(text))
        return text[:at] + rng.choice(pieces) + text[at:]

    return insert


def _replace_value(rng: random.Random, text: str) -> str:
    """Another value for a key: one of the wrong kind, or that of another key."""
    found = list(re.finditer(r'"?[\w-]+"?: +("[^"\n]*"|\[[^\]\n]*\]|\{[^}\n]*\}|[^\n,{}\[\]]+)', text))
    if not found:
        return rng.choice(OTHERS)
    one, other = rng.choice(found), rng.choice(found)
    value = other[1] if rng.random() < 0.25 else rng.choice([*OTHERS, json.dumps(rng.choice(PAYLOADS))])
    return text[: one.start(1)] + value + text[one.end(1) :]


def _mistype_characters(rng: random.Random, text: str) -> str:
    for _ in range(rng.randint(1, 6)):
        at = rng.randint(0, max(0, len(text) - 2))
        pair = text[at : at + 2]
        now = rng.choice((pair[::-1], pair[:1], "", pair * 2, rng.choice(":-#'\"[]{}()&*!|>%@`,?\\/~ \t\n\u00a0é9aZ") + pair))
        text = text[:at] + now + text[at + 2 :]
    return text


def _garble_lines(rng: random.Random, text: str) -> str:
    """Lines taken out, doubled, swapped or indented otherwise."""
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    indented = rng.choice((" ", "   ", "\t", "- ", "\u00a0", "")) + lines[one].lstrip(rng.choice((" ", " -")))
    new = [[], [lines[one]] * 2, [lines[other]], [indented]]
    lines[one : one + 1] = rng.choice(new)
    return "\n".join(lines)


def _rename_key(rng: random.Random, text: str) -> str:
    """A key renamed or given twice."""
    found = list(re.finditer(r'"?[\w-]+"?(?=: )', text)) or list(re.finditer("^", text))
    one, other = rng.choice(found), rng.choice(found)
    return text[: one.start()] + rng.choice((other[0], rng.choice(KEYS))) + text[one.end() :]


def _insert_deep_nesting(rng: random.Random, text: str) -> str:
    times = rng.choice((40, 60, 300, 5000, 100_000))
    steps = "\n" + "".join(f"{' ' * n}a:\n" for n in range(min(times, 1200)))
    return _make_inserter(rng.choice(DEEP) * times, rng.choice(DEEP) * times, steps, "`a" * times)(rng, text)


def _insert_alias_bomb(rng: random.Random, text: str) -> str:
    """Aliases of aliases, plain and merged, and of themselves."""
    sign = rng.choice(("b: ", "<<: "))
    bomb = "".join(f"a{n}: &a{n} {{{sign}[{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12))
    return rng.choice((f"a0: &a0 {{x: y}}\n{bomb}{text}", f"a: &a [*a]\n{text}", f"{text}\na: &a\n  <<: *a\n"))


def _inflate_text(rng: random.Random, text: str) -> str:
    piece = rng.choice((text, *BULK)) or "x"
    return rng.choice((text, "")) + piece * (rng.choice((999_000, 3_000_000)) // len(piece))


def _change_charset(rng: random.Random, text: str) -> str:
    words = rng.choice(("th+2AA-", "xn--a", "\\ud800", "é"))
    return text.replace('"utf-8"', f'"{rng.choice(CHARSETS.split())}"').replace("three", words)


TEXT_WAYS: dict[str, Text] = {
    "truncated": lambda rng, text: text[: rng.randint(0, len(text))],
    "beheaded": lambda rng, text: text[rng.randint(0, len(text)) :],
    "mistyped": _mistype_characters,
    "lines": _garble_lines,
    "keys": _rename_key,
    "value": _replace_value,
    "values": lambda rng, text: _replace_value(rng, _replace_value(rng, _replace_value(rng, text))),
    "charset": _change_charset,
    "payload": _make_inserter(*PAYLOADS),
    "payload in words": lambda rng, text: text.replace(" the ", f" {rng.choice(PAYLOADS)} ", rng.randint(1, 9)),
    "control": _make_inserter(*CONTROLS),
    "escape": _make_inserter(*ESCAPES),
    "escaped value": lambda rng, text: text.replace(": ", f': "{rng.choice(ESCAPES)}" # ', 1),
    "yaml": _make_inserter(*YAML),
    "line ends": lambda rng, text: text.replace("\n", rng.choice(("\r\n", "\r", "\n\r", "\x85", "\u2028", "\v"))),
    "indented": lambda rng, text: re.sub("(?m)^", rng.choice((" ", "\t", "  ", "- ", "> ", "    ")), text),
    "joined": lambda rng, text: text.replace("\n", rng.choice(("", " ", "\n\n"))),
    "deep": _insert_deep_nesting,
    "bomb": _insert_alias_bomb,
    "huge": _inflate_text,
}


def insert_binary_noise(rng: random.Random, content: bytes) -> bytes:
    at, noise = rng.randint(0, len(content)), rng.randbytes(8)
    return rng.choice((noise * 40, content[:at] + noise + content[at:], b"PK\x03\x04\0\0", b"\0" * 99, b"\xff\xfe\x00\xd8", b""))


def recode_content(rng: random.Random, content: bytes) -> bytes:
    mark = rng.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    return mark + content.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")
