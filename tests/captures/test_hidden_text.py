"""Prose that a page holds and does not show is named with its words counted; what all pages hide is not."""

from __future__ import annotations

import json

import pytest

from dossier.captures.convert import convert_capture

SHOWN = "The island ferry carried 4,120 passengers in April, more than in any month before, the harbour office said."
HIDDEN = (
    "Nobody asked whether returns were counted twice, although every ticket for the crossing holds two of them on one card. " * 5
)


def read_notices(body: str) -> tuple[str, ...]:
    return convert_capture(f"<body><article><p>{SHOWN}</p></article>{body}".encode(), {}, ".html").notices


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (f"<div style='display: none'><p>{HIDDEN}</p></div>", "hidden elements"),
        (f"<div hidden><p>{HIDDEN}</p></div>", "hidden elements"),
        (f"<noscript><p>{HIDDEN}</p></noscript>", "<noscript>"),
        (f"<noscript><div><p>{HIDDEN}</noscript>", "<noscript>"),
        (f"<head><noscript><p>{HIDDEN}</p></noscript></head>", "<noscript>"),
        (f"<span hidden>{HIDDEN}</span>", "hidden elements"),
        (f"<div hidden><noscript><p>{HIDDEN}</p></noscript></div>", "<noscript>"),
        (f"<iframe src=x><p>{HIDDEN}</p></iframe>", "<iframe>"),
        (f"<noembed>{HIDDEN}</noembed>", "<noembed>"),
        (f"<ruby>a<rp>{HIDDEN}</rp></ruby>", "<rp>"),
        (f"<object data=x><p>{HIDDEN}</p></object>", "<object>"),
        (f"<svg><desc>{HIDDEN}</desc></svg>", "hidden elements"),
        (f"<script type=application/json>{json.dumps({'a': [{'body': HIDDEN}]})}</script>", "<script>"),
        (f"<script type=application/json>{json.dumps({'a': f'&lt;p>{HIDDEN}&lt;/p>'})}</script>", "<script>"),
        (f"<script type=text/template><p>{HIDDEN}</p></script>", "<script>"),
        (f"<script type='text/html'><div hidden>x</div><li>{HIDDEN}</script>", "<script>"),
        (f"<template><p>{HIDDEN}</p></template>", "<template>"),
        (f"<dialog><p>{HIDDEN}</p></dialog>", "<dialog>"),
        (
            f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'articleBody': HIDDEN})}</script>",
            "JSON-LD",
        ),
    ],
)
def test_hidden_prose_is_named_and_counted(body: str, where: str) -> None:
    (notice,) = read_notices(body)
    assert notice.startswith(f"the page does not show 100 words in {where}, and the article has 19:")


@pytest.mark.parametrize(
    "body",
    [
        "<ul hidden>" + "<li>Home<li>News<li>About us" * 40 + "</ul>",
        f"<div hidden><p>{SHOWN}</p></div><noscript>Please turn scripts on.</noscript>",
        f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'articleBody': SHOWN})}</script>",
        f"<script type=application/json>{json.dumps({'body': SHOWN, 'menu': ['Home', 'News'] * 100})}</script>",
        f"<script type=text/template><li>Home</li><p>{SHOWN}</p></script>",
        f"<script type=module>let text = `{HIDDEN}`</script><script type='text/JavaScript'>'{HIDDEN}'</script>",
        "<script type=application/json>" + '"' + "\\" * 200_001,
        f"<datalist>{'<option>One</option>' * 100}</datalist>",
        f"<script>var text = '{HIDDEN}'</script><style>{HIDDEN}</style><title>{HIDDEN}</title>",
    ],
)
def test_what_ordinary_pages_hide_is_not_named(body: str) -> None:
    assert read_notices(body) == ()
