"""The files that leave the site besides its pages: one table. Pages link them, `dossier.exports` has a builder for each."""

from __future__ import annotations

from typing import NamedTuple

DATA_URL = "data/"
"""The page that tells of these files, and the folder of the tables."""

TABLE_CSV_PATH = DATA_URL + "{id}.csv"

CORRECTIONS_FEED_PATH = "corrections.xml"
"""Path of the feed of corrections."""

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


EXPORT_FILES = (
    ExportFile(TABLE_CSV_PATH, "Tables", "text/csv", "The records of one kind, one a line, for spreadsheets and databases."),
    ExportFile(
        CORRECTIONS_FEED_PATH,
        "Corrections",
        ATOM_TYPE,
        "What was corrected, newest first, with the text before and after: a feed for feed readers.",
        needs_site_url=True,
    ),
)
"""Every kind of file, in the order in which readers are told of them."""
