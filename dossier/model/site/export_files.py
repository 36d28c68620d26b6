"""The files that leave the site besides its pages: one table. Pages link them, `dossier.exports` has a builder for each."""

from __future__ import annotations

from typing import Literal, NamedTuple

DATA_URL = "data/"
"""The page that tells of these files, and the folder of the tables."""

TABLE_CSV_PATH = DATA_URL + "{id}.csv"
TABLE_JSON_PATH = DATA_URL + "{id}.json"
WHOLE_DOSSIER_PATH = DATA_URL + "dossier.json"
DOSSIER_SCHEMA_PATH = DATA_URL + "dossier.schema.json"
DATA_PACKAGE_PATH = DATA_URL + "datapackage.json"
DATA_ARCHIVE_PATH = DATA_URL + "data.zip"

CORRECTIONS_FEED_PATH = "corrections.xml"
"""Path of the feed of corrections."""

PAGES_RIS_PATH = DATA_URL + "pages.ris"
"""The pages about claims and articles, and the articles: what a reader cites who cites the site."""

SOURCES_CSL_PATH = DATA_URL + "sources.csl.json"
SOURCES_RIS_PATH = DATA_URL + "sources.ris"
SOURCES_BIBTEX_PATH = DATA_URL + "sources.bib"
"""Everything that the site cites: sources and articles."""

RIS_TYPE = "application/x-research-info-systems"
CSL_TYPE = "application/vnd.citationstyles.csl+json"
BIBTEX_TYPE = "application/x-bibtex"
CLAIMS_FEED_PATH = "claims.xml"
EVENTS_FEED_PATH = "events.xml"
"""Paths of the feeds of new and changed records."""

JSON_TYPE = "application/json"
ATOM_TYPE = "application/atom+xml"

ANNOTATIONS_PATH = "articles/{id}/annotations.json"
"""Our notes over our page of an article."""

ORIGINAL_ANNOTATIONS_PATH = "articles/{id}/original-annotations.json"
"""Our notes over the publisher's page of an article."""

HYPOTHESIS_PATH = "articles/{id}/hypothesis.json"

TIMELINE_PATH = DATA_URL + "timeline.timelinejs.json"

CLAIM_CARD_NAME = "card.html"
"""The page of a claim that other sites show in a frame, beside its page."""

CLAIM_CARD_PATH = f"claims/{{id}}/{CLAIM_CARD_NAME}"
OEMBED_PATH = "claims/{id}/oembed.json"

ANNOTATION_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
OEMBED_TYPE = "application/json+oembed"


ExportMaterial = Literal["records", "page", "data"]
"""What a file is made of."""


class ExportFile(NamedTuple):
    """A file at a fixed address, or one for each record of a kind.

    `path` is from the site's root; `{id}` in it stands for the id of a record. `meaning` says to readers what is in it and
    for which programs. With `needs_site_url` it holds absolute addresses, and a site without one does not have it.
    """

    path: str
    title: str
    media_type: str
    meaning: str
    needs_site_url: bool = False
    made_of: ExportMaterial = "records"
    """`page`: of the page beside it, when that is written, since it counts the characters there; `data`: of all files below
    `DATA_URL`, which it lists or packs, so that it is built behind them.
    """


class Feed(NamedTuple):
    """An Atom feed: its path, its title for readers, and the pages that link it."""

    path: str
    title: str
    page_urls: tuple[str, ...]


FEEDS = (
    Feed(CLAIMS_FEED_PATH, "New and changed claims", ("", "claims/")),
    Feed(EVENTS_FEED_PATH, "New and changed events", ("", "timeline/")),
    Feed(CORRECTIONS_FEED_PATH, "Corrections", ("corrections/",)),
)

FEED_PATHS = frozenset(feed.path for feed in FEEDS)

EXPORT_FILES = (
    ExportFile(TABLE_CSV_PATH, "Tables", "text/csv", "The records of one kind, one a line, for spreadsheets and databases."),
    ExportFile(
        TABLE_JSON_PATH, "Tables as JSON", JSON_TYPE, "The same rows, with lists as lists and numbers as numbers, for programs."
    ),
    ExportFile(
        WHOLE_DOSSIER_PATH,
        "The whole dossier",
        JSON_TYPE,
        "Every record with all that belongs to it, as it was written, in one file for programs.",
    ),
    ExportFile(
        DOSSIER_SCHEMA_PATH,
        "What may stand in that file",
        "application/schema+json",
        "What each key of the whole dossier means and may have, to check the file by (JSON Schema).",
    ),
    ExportFile(
        DATA_PACKAGE_PATH,
        "Description of the data",
        JSON_TYPE,
        "What each column means and has, the licence, size and hash of each file, for programs that load data (Data Package).",
        made_of="data",
    ),
    ExportFile(
        DATA_ARCHIVE_PATH,
        "Everything",
        "application/zip",
        "All files below `data/` in one, to unpack into a folder.",
        made_of="data",
    ),
    ExportFile(
        SOURCES_CSL_PATH,
        "Sources and articles, for Zotero and Pandoc",
        CSL_TYPE,
        "What the site cites, the whole of it, for programs that style citations (CSL-JSON).",
    ),
    ExportFile(
        SOURCES_RIS_PATH,
        "Sources and articles, for EndNote, Mendeley and Citavi",
        RIS_TYPE,
        "The same in the form that most programs for citations read (RIS).",
    ),
    ExportFile(
        SOURCES_BIBTEX_PATH,
        "Sources and articles, for LaTeX",
        BIBTEX_TYPE,
        "The same for texts that LaTeX sets (BibLaTeX); other programs lose the newspaper of an article on the way.",
    ),
    ExportFile(
        PAGES_RIS_PATH,
        "Claims and articles, to cite",
        RIS_TYPE,
        "Our pages about them, and the articles themselves, for programs for citations (RIS).",
    ),
    ExportFile(
        CLAIMS_FEED_PATH,
        "New and changed claims",
        ATOM_TYPE,
        "The claims that were published or changed last, with verdict and finding: a feed for feed readers.",
        needs_site_url=True,
    ),
    ExportFile(
        EVENTS_FEED_PATH,
        "New and changed events",
        ATOM_TYPE,
        "The events of the timeline that were published or changed last: a feed for feed readers.",
        needs_site_url=True,
    ),
    ExportFile(
        CORRECTIONS_FEED_PATH,
        "Corrections",
        ATOM_TYPE,
        "What was corrected, newest first, with the text before and after: a feed for feed readers.",
        needs_site_url=True,
    ),
    ExportFile(
        ANNOTATIONS_PATH,
        "Notes on our page",
        ANNOTATION_TYPE,
        "The notes on an article, with their places on our page, for programs that draw notes into pages (W3C Web Annotation).",
        made_of="page",
    ),
    ExportFile(
        ORIGINAL_ANNOTATIONS_PATH,
        "Notes on the original",
        ANNOTATION_TYPE,
        "The same notes on the publisher’s page, where the quoted words find their places, with the day of an archived copy.",
    ),
    ExportFile(
        HYPOTHESIS_PATH,
        "Notes on the original, for Hypothesis",
        JSON_TYPE,
        "The same notes to import into Hypothesis, a program that shows notes on any page of the web.",
    ),
    ExportFile(
        TIMELINE_PATH,
        "Timeline",
        JSON_TYPE,
        "The events with their sources, for programs that draw timelines (TimelineJS).",
    ),
    ExportFile(
        CLAIM_CARD_PATH,
        "Cards",
        "text/html",
        "A claim and its verdict as a small page without scripts, to show in a frame on another site.",
    ),
    ExportFile(
        OEMBED_PATH,
        "Cards, for programs",
        OEMBED_TYPE,
        "The frame of a card for programs that make one of a link (oEmbed).",
        needs_site_url=True,
    ),
)
"""Every kind of file, in the order in which readers are told of them."""
