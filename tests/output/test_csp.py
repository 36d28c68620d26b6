"""The policy of a page: its own scripts by hash, and nothing from anywhere else."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dossier.loading.templates import find_installed_template_folders
from dossier.output.csp import insert_csp
from dossier.output.inline_scripts import TemplateScripts


def read_scripts(*texts: str) -> TemplateScripts:
    """The scripts of a template that has these."""
    with TemporaryDirectory() as folder:
        Path(folder, "base.html").write_text("".join(f"<script>{text}</script>" for text in texts), encoding="utf-8")
        return TemplateScripts([Path(folder)])


KNOWN = read_scripts("a=1", "\na=1\n", "a", "b", "c")
HEAD = '<!doctype html><html><head><meta charset="utf-8">{}</head><body>{}</body></html>'


def test_a_script_within_the_page_is_allowed_by_its_hash() -> None:
    assert hash_of("a=1") in rules(HEAD.format("<script>a=1</script>", ""))["script-src"]


def test_scripts_of_every_form_are_found_wherever_they_stand() -> None:
    page = HEAD.format('<script type="module">\na=1\n</script>', "<script defer>b</script><script>c</script>")
    assert [word for word in rules(page)["script-src"] if word.startswith("'sha256")] == [
        hash_of("\na=1\n"),
        hash_of("b"),
        hash_of("c"),
    ]


@pytest.mark.parametrize("script", ['<script src="a.js"></script>', '<script id="c" type="application/json">{}</script>'])
def test_scripts_that_lie_elsewhere_or_are_data_need_no_hash(script: str) -> None:
    assert not [word for word in rules(HEAD.format("", script))["script-src"] if word.startswith("'sha256")]


@pytest.mark.parametrize("content", ["<script>steal()</script>", "</article><script>steal()</script>", "<style>a{}</style>"])
def test_nothing_within_the_content_is_allowed(content: str) -> None:
    policy = rules(HEAD.format("", f'<article class="md-content__inner">{content}</article>'))
    assert [word for name in ("script-src", "style-src") for word in policy[name] if word.startswith("'sha256")] == []


def test_nothing_unsafe_but_what_the_search_needs_is_allowed() -> None:
    policy = rules(HEAD.format("<script>a</script><style>b{}</style>", ""))
    assert {word for word in policy["script-src"] if word.startswith("'unsafe")} == set()
    assert policy["style-src"] == ["'self'", hash_of("b{}")]
    assert policy["default-src"] == ["'self'"]


def test_the_policy_stands_before_everything_that_it_rules() -> None:
    page = insert_csp_of(HEAD.format("<script>a</script>", ""))
    assert page.index("Content-Security-Policy") < page.index("<script>")
    assert page.index("charset") < page.index("Content-Security-Policy")


def test_a_page_without_a_charset_has_its_policy_at_the_head() -> None:
    assert insert_csp_of("<html><head><title>a</title></head></html>").startswith("<html><head><meta http-equiv=")


def test_the_rest_of_the_page_is_as_it_was() -> None:
    page = HEAD.format("<script>a</script>", "words")
    assert re.sub(r"<meta http-equiv[^>]*>", "", insert_csp_of(page)) == page


def test_a_script_in_the_frame_that_is_in_no_template_is_not_allowed() -> None:
    policy = rules(HEAD.format("<title></title><script>steal()</script></title><script>a</script>", ""))
    assert [word for word in policy["script-src"] if word.startswith("'sha256")] == [hash_of("a")]


@pytest.mark.parametrize(
    ("value", "is_known"),
    [
        ("../..", True),
        ("/ferry/", True),
        ("https://ferry.example:8000/count/", True),
        (".", True),
        ("", True),
        ('");steal("', False),
        ("javascript:steal", False),
        ("a b", False),
        ("${steal()}", False),
        ("\\", False),
    ],
)
def test_a_value_in_a_script_of_a_template_may_only_be_an_address(tmp_path: Path, value: str, is_known: bool) -> None:
    (tmp_path / "base.html").write_text('<script>go("{{ config.a | d(base_url) }}", 1.5)</script>', encoding="utf-8")
    scripts = TemplateScripts([tmp_path])
    assert scripts.has_script(f'go("{value}", 1.5)') == is_known
    assert not scripts.has_script(f'go("{value}", 105)')


def test_a_script_that_a_template_puts_together_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text("<script>a{% if b %}b{% endif %}</script>", encoding="utf-8")
    assert not TemplateScripts([tmp_path]).has_script("ab")


def test_folders_without_templates_have_no_scripts(tmp_path: Path) -> None:
    assert not TemplateScripts([tmp_path, tmp_path / "nowhere"]).has_script("")


def test_the_scripts_of_installed_hosts_are_known() -> None:
    folders = find_installed_template_folders()
    assert [folder.parent.name for folder in folders if folder.is_dir()][:1] == ["material"]
    script = re.findall(r"<script>(.*?)</script>", (folders[0] / "partials/javascripts/base.html").read_text(encoding="utf-8"))[0]
    assert TemplateScripts(folders).has_script(re.sub(r"\{\{.*?\}\}", "../..", script))


def insert_csp_of(page: str) -> str:
    """The page with the policy of a site whose templates have the scripts of these tests, but none that steals."""
    return insert_csp(page, KNOWN)


def rules(page: str) -> dict[str, list[str]]:
    """The directives of a page's policy, each with its sources."""
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', insert_csp_of(page))
    return {name: sources for name, *sources in (rule.split() for rule in policy.split(";"))}


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
