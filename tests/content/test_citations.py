"""The real dossier's files of citations, as `citeproc-py`, `rispy` and `pybtex` read them."""

from __future__ import annotations

import json
import warnings
from importlib import import_module

import pytest

from dossier.loading import read_dossier
from dossier.pages.citing.dates import format_csl_date
from support.dossiers import ROOT
from support.exports import export_files

pytestmark = pytest.mark.slow


def test_other_programs_read_every_source_and_article() -> None:
    for name in ("citeproc", "rispy", "pybtex"):
        pytest.importorskip(name, reason=f"{name} is not installed; `make test` installs it")
    files = export_files(read_dossier(ROOT))
    items = json.loads(files["data/sources.csl.json"])
    ids = [item["id"] for item in items]
    assert len(ids) > 300
    assert [record["id"] for record in import_module("rispy").loads(files["data/sources.ris"])] == ids
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own dependencies
        entries = import_module("pybtex.database").parse_string(files["data/sources.bib"], "bibtex").entries
    assert [*entries] == ids
    citeproc = import_module("citeproc")
    for item in items:
        if len(item.get("issued", {}).get("date-parts", ())) > 1:  # on which it fails
            item["issued"] = {"literal": format_csl_date(item["issued"])}
    source = import_module("citeproc.source.json").CiteProcJSON(items)
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, source, import_module("citeproc.formatter.plain"))
    for name in ids:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(name)]))
    rendered = [str(text) for text in bibliography.bibliography()]
    assert all(item["title"].split()[0] in text for item, text in zip(items, rendered, strict=True))
