"""The files that leave the site besides its pages: one table. Pages link them, `dossier.exports` has a builder for each."""

from __future__ import annotations

from typing import NamedTuple

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

CLAIMS_FEED_PATH = "claims.xml"
EVENTS_FEED_PATH = "events.xml"
"""Paths of the feeds of new and changed records."""

JSON_TYPE = "application/json"
ATOM_TYPE = "application/atom+xml"


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
    lists_data: bool = False
    """Whether it lists or packs all files below `DATA_URL`, so that it is built behind them."""


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
        "Schema of the whole dossier",
        "application/schema+json",
        "What may stand in that file, and what each key means: a JSON Schema, to validate it with.",
    ),
    ExportFile(
        DATA_PACKAGE_PATH,
        "Description of the data",
        JSON_TYPE,
        "Types, meanings and links of all columns, licence, and size and SHA-256 of each file: a Data Package (Frictionless).",
        lists_data=True,
    ),
    ExportFile(
        DATA_ARCHIVE_PATH,
        "Everything",
        "application/zip",
        "All files below `data/` in one, to unpack into a folder.",
        lists_data=True,
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
)
"""Every kind of file, in the order in which readers are told of them."""
