"""The hostile-input campaign itself: its texts come again, each way spoils something, and it sees what it watches for."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from dossier.output.csp import build_csp
from support.fuzz.base import PRIVATE_WORD_PATTERN, SLUG, make_base, make_private_text
from support.fuzz.characters import CODECS, encode_page
from support.fuzz.date_grammar import DATE_GRAMMAR
from support.fuzz.file_ways import SECRET
from support.fuzz.grammar import Grammar, expand_grammar
from support.fuzz.markdown_grammar import FILE_GRAMMAR, MARKDOWN_GRAMMAR
from support.fuzz.outputs import PrivateWords, SiteSearch, list_file_states
from support.fuzz.page_grammar import PAGE_GRAMMAR
from support.fuzz.spoiling import WAYS, spoil_dossier
from support.fuzz.steps import Steps, StoppedError
from support.fuzz.yaml_grammar import CONFIG_GRAMMAR, YAML_GRAMMAR

GRAMMARS: Mapping[str, tuple[Grammar, frozenset[str]]] = {
    "page": (PAGE_GRAMMAR, frozenset({"page"})),
    "markdown": (MARKDOWN_GRAMMAR, frozenset({"page"})),
    "file": (FILE_GRAMMAR, frozenset(FILE_GRAMMAR) - {"run"}),
    "date": (DATE_GRAMMAR, frozenset({"date"})),
    "yaml": (YAML_GRAMMAR, frozenset({"file"})),
    "config": (CONFIG_GRAMMAR, frozenset({"lines"})),
}
PAGE_START = f'<html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{build_csp()}">'


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return make_base(tmp_path / "base")


@pytest.fixture
def search(tmp_path: Path) -> SiteSearch:
    (tmp_path / "known").mkdir()
    (tmp_path / "known/index.html").write_text(f"{PAGE_START}<script src=assets/a.js></script>", encoding="utf-8")
    return SiteSearch(tmp_path / "known")


@pytest.mark.parametrize("name", GRAMMARS)
def test_a_grammar_names_all_its_symbols_and_no_others(name: str) -> None:
    grammar, starts = GRAMMARS[name]
    texts = [text for alternatives in grammar.values() if not callable(alternatives) for text in alternatives]
    used = {symbol for text in texts for symbol in re.findall(r"⟦(\w+)[*+]?⟧", text)}
    assert used | starts == set(grammar)


@pytest.mark.parametrize("name", GRAMMARS)
def test_a_grammar_ends_and_says_the_same_again(name: str) -> None:
    grammar, starts = GRAMMARS[name]
    for seed in range(50):
        symbol = sorted(starts)[seed % len(starts)]
        text = expand_grammar(random.Random(seed), grammar, symbol)
        assert "⟦" not in text
        assert text == expand_grammar(random.Random(seed), grammar, symbol)


def test_pages_come_in_every_encoding() -> None:
    pages = [encode_page(random.Random(seed), "<meta charset=CHARSET><p>Käse</p>") for seed in range(300)]
    assert not any(b"CHARSET" in page for page in pages)
    assert all(any("Käse".encode(codec) in page for page in pages) for codec in ("utf-8", "cp1252", "utf-16-le", "cp037"))
    assert len(CODECS) > 20


@pytest.mark.parametrize("way", WAYS)
def test_a_way_spoils_the_same_again(way: str, base: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.yml").write_text(SECRET, encoding="utf-8")
    before = list_file_states(base)
    rng = random.Random(5)
    done = [spoil_dossier(rng, base, builds=False, ways=(way,)) for _ in range(3)]
    assert list_file_states(base) != before
    (tmp_path / "other").mkdir()
    (tmp_path / "other/outside").mkdir()
    other, rng = make_base(tmp_path / "other/base"), random.Random(5)
    assert [spoil_dossier(rng, other, builds=False, ways=(way,)) for _ in range(3)] == done


def test_words_of_captures_differ_and_stand_in_captures_only(base: Path) -> None:
    texts = [set(make_private_text(number).lower().split()) for number in range(3)]
    assert [len(text) for text in texts] == [240] * 3
    assert texts[0].isdisjoint(texts[1] | texts[2])
    for file in (file for file in base.rglob("*") if file.is_file()):
        found = PRIVATE_WORD_PATTERN.findall(file.read_text(encoding="utf-8"))
        assert bool(found) == ("originals" in file.parts), file


def test_words_of_a_capture_that_were_not_given_are_seen(base: Path) -> None:
    words = make_private_text(2).split()
    (base / f"annotations/articles/{SLUG}.yml").write_text(f"# {words[0]} {words[1]}\n", encoding="utf-8")
    private = PrivateWords(base)
    assert list(private.find_faults("a page", f"{words[0]} {words[1]}".encode())) == []
    assert len(list(private.find_faults("a page", f"{words[0]} {words[2]}".encode()))) == 1
    assert list(private.find_faults("a report", " ".join(words[2:60]).encode(), may_show=True)) == []
    assert len(list(private.find_faults("a report", " ".join(words[2:90]).encode(), may_show=True))) == 1


HARMLESS = ["<p>a", "<script src=../assets/a.js></script>", "<script>x</script>", "<p onclick=x>", "<a href=javascript:x>"]
"""What a page's policy keeps from running."""
RUNNING = ["<script src=evil.js></script>", "<meta http-equiv=refresh content='0;url=x'>"]


@pytest.mark.parametrize(
    ("file", "faults"),
    [
        *((("a/index.html", PAGE_START + body), 0) for body in HARMLESS),
        *((("a/index.html", PAGE_START + body), 1) for body in RUNNING),
        (("a.html", "<p>no policy"), 1),
        (("a.html", f"<html><head><script>x</script>{PAGE_START}"), 2),
        (("a.svg", "<svg><path d='M0 0'/></svg>"), 0),
        (("a.svg", "<svg><s:script>x</s:script></svg>"), 1),
        (("a.svg", "<svg onload='x'/>"), 1),
        (("a.xml", "<a href='java&#115;cript:x'/>"), 1),
        (("a.js", "alert(1)"), 0),
        (("a.txt", SECRET), 1),
    ],
)
def test_what_a_site_may_not_hold_is_seen(
    base: Path, tmp_path: Path, search: SiteSearch, file: tuple[str, str], faults: int
) -> None:
    name, text = file
    site = tmp_path / "site"
    (site / name).parent.mkdir(parents=True)
    (site / name).write_text(text, encoding="utf-8")
    assert len(found := list(search.find_faults(site, PrivateWords(base)))) == faults, found


def test_packed_files_of_a_site_are_read(base: Path, tmp_path: Path, search: SiteSearch) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a.pf_fragment").write_bytes(gzip.compress(make_private_text(0).encode()))
    (tmp_path / "site/b.pf_fragment").write_bytes(gzip.compress(SECRET.encode()))
    assert len(list(search.find_faults(tmp_path / "site", PrivateWords(base)))) == 2


def test_a_step_that_fails_or_takes_too_much_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[str] = []
    steps = Steps(faults.append, lambda name: None)
    with pytest.raises(StoppedError), steps.watch("read"):
        raise ValueError("a bug")
    monkeypatch.setattr("support.fuzz.steps.STEP_SECONDS", -1.0)
    monkeypatch.setattr("support.fuzz.steps.STEP_MEGABYTES", -1)
    with steps.watch("check"):
        pass
    assert "read: ValueError: a bug at test_campaign.py" in faults[0]
    assert [re.sub(r"\d+(?:\.\d+)?", "N", fault) for fault in faults[1:]] == ["check took N s", "check used N MB"]
