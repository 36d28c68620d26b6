"""The records and answers that contributors are shown are the real ones.

`pytest tests/content/test_model_records.py --renew` puts them into the pages as they are now.
"""

from __future__ import annotations

import re
import shutil
from fnmatch import fnmatch
from pathlib import Path
from textwrap import dedent

import pytest

from dossier.checks import check_dossier
from dossier.loading import read_dossier
from dossier.model.introspection import describe_keys, iter_record_models
from dossier.model.kinds import RECORD_KINDS, RecordKind
from dossier.reports.problems import REPORT_FORMATTERS
from support.dossiers import ROOT

PAGES = [ROOT / "docs" / f"{name}.md" for name in ("contribute", "records", "style", "editors")]
FENCE = re.compile(r"^```(?:\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MODEL = re.compile(r"<!-- model: (\S+)(?: ([^>\n]+))? -->\n```(?:yaml|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANSWER = re.compile(r'<!-- answer: (\S+) "(.+)" → "(.+)" -->\n```text\n(.*?)^```$', re.MULTILINE | re.DOTALL)
MODELS = [found.groups() for page in PAGES for found in MODEL.finditer(page.read_text(encoding="utf-8"))]
ANSWERS = [found.groups() for page in PAGES for found in ANSWER.finditer(page.read_text(encoding="utf-8"))]


def find_kind(path: str) -> RecordKind:
    """The kind of the records that a file holds."""
    return next(kind for kind in RECORD_KINDS if fnmatch(path, kind.path_template.replace("{}", "*")))


SHOWN_KINDS = list({find_kind(path).name: find_kind(path) for path, _, _ in MODELS}.values())


@pytest.mark.parametrize(("path", "name", "shown"), MODELS)
def test_a_model_is_the_record_as_it_stands_in_its_file(
    path: str, name: str | None, shown: str, pytestconfig: pytest.Config
) -> None:
    hold(shown, record(path, name), pytestconfig)


@pytest.mark.parametrize("folder", ["articles", "charts", "claims", "events", "sources"])
def test_there_is_a_model_of_each_kind(folder: str) -> None:
    assert any(path.startswith(f"annotations/{folder}/") for path, _, _ in MODELS)


def test_there_is_a_model_of_an_article_s_record_and_of_its_digest() -> None:
    assert [name for path, name, _ in MODELS if path.startswith("docs/articles/") and name] == ["record", "digest 4"]


@pytest.mark.parametrize(("path", "name", "shown"), MODELS)
def test_each_key_of_a_model_is_explained_beside_it(path: str, name: str | None, shown: str) -> None:
    page = next(text for text in (page.read_text(encoding="utf-8") for page in PAGES) if shown in text)
    of_all, *sections = re.split(r"^## ", page, flags=re.MULTILINE)
    section = next(section for section in sections if shown in section)
    explained = re.findall(r"`([a-z_]+):?`", FENCE.sub("", of_all + section))
    keys = set(re.findall(r"^(?:- |  )?([a-z_]+):(?: |$)", shown, re.MULTILINE))
    assert keys - figures_in(shown) - {name} - set(explained) == set()


@pytest.mark.parametrize("kind", SHOWN_KINDS, ids=lambda kind: kind.name)
def test_each_key_that_a_record_of_a_kind_may_have_is_explained_in_its_section(kind: RecordKind) -> None:
    of_all, *sections = re.split(r"^## ", (ROOT / "docs/records.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    own = [section for section in sections if any(kind is find_kind(path) for path, _, _ in MODEL.findall(section))]
    of_corrections = [section for section in sections if section.startswith("A correction")]
    assert own
    assert of_corrections
    explained = set(re.findall(r"`([a-z_]+):?`", FENCE.sub("", "".join([of_all, *own, *of_corrections]))))
    keys = {key: model.__name__ for model in iter_record_models(kind.model) for key in describe_keys(model)}
    missing = {key: model for key, model in keys.items() if key not in explained}
    assert not missing, f"explain in docs/records.md, beside the model of a {kind.name}: {missing}"


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_what_the_check_says(answer: tuple[str, str, str, str], tmp_path: Path, pytestconfig: pytest.Config) -> None:
    path, old, new, shown = answer
    for folder in ("annotations", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for file in ("mkdocs.yml", "dossier.lock"):
        shutil.copy(ROOT / file, tmp_path)
    text = (tmp_path / path).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    hold(shown, REPORT_FORMATTERS["text"](check_dossier(read_dossier(tmp_path)), tmp_path) + "\n", pytestconfig)


def test_an_answer_is_shown() -> None:
    assert ANSWERS


def hold(shown: str, real: str, config: pytest.Config) -> None:
    """What a page shows is what there is; `--renew` writes it into the page."""
    page = next(page for page in PAGES if f"\n{shown}```" in page.read_text(encoding="utf-8"))
    if shown != real and config.getoption("renew", default=False):
        page.write_text(page.read_text(encoding="utf-8").replace(f"\n{shown}```", f"\n{real}```"), encoding="utf-8")
        return
    again = "pytest tests/content/test_model_records.py --renew"
    assert shown == real, f"{page.name} shows what was so before; `{again}` puts in what is so now:\n\n{real}"


def record(path: str, name: str | None) -> str:
    """A file of records without comments at its head; with a name, the entry or key of that name alone.

    Of an article, `record` is what stands between the hyphens, and `digest 3` the third paragraph below them.
    """
    if name and path.endswith(".md"):
        _, head, below = (ROOT / path).read_text(encoding="utf-8").split("---\n", 2)
        return head if name == "record" else below.strip().split("\n\n")[int(name.removeprefix("digest ")) - 1] + "\n"
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines(keepends=True)
    if name is None:
        return "".join(lines[next(number for number, line in enumerate(lines) if not line.startswith("#")) :])
    first = next(number for number, line in enumerate(lines) if re.fullmatch(rf" *(- id: {name}|{name}:)", line.rstrip()))
    depth = indent(lines[first])
    behind = (number for number, line in enumerate(lines) if number > first and line.strip() and indent(line) <= depth)
    return dedent("".join(lines[first : next(behind, len(lines))]))


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def figures_in(shown: str) -> set[str]:
    """Names of figures, which whoever writes a claim chooses."""
    return set(re.findall(r"^  (\w+): \{value:", shown, re.MULTILINE))
