"""The kinds of records of a dossier, with their files, their addresses and their names.

`RECORD_KINDS` is the one list of them. Loading, look-ups, checks, search, reports, schemas and `dossier new` are derived
from it. A new kind is a model below `dossier.model.records`, an entry here, and an attribute of `Dossier`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from dossier.model.base import Entry, Record
from dossier.model.fields import Markdown
from dossier.model.introspection import describe_keys, get_marker
from dossier.model.records import Annotation, Article, Chart, Claim, Event, Measure, Party, Source, Term, Verdict, Voice
from dossier.model.records.table import QuotationTable
from dossier.model.vocabulary import SOURCE_KIND_HEADINGS


class SearchLabels(NamedTuple):
    """Names of a kind in the search: in URLs, in the singular, and in the plural."""

    name: str
    singular: str
    plural: str


@dataclass(frozen=True)
class RecordKind:
    """A kind of record. Texts are plain words, paths are from the dossier's root, addresses from the site's root."""

    name: str
    """What references, commands and schemas call it: `claim`."""
    model: type[Record]
    path_template: str
    """The file that has a record; `{}` is its id, of an annotation its article."""
    layout: Literal["page", "file", "list", "list per article"]
    """Whether a file has one record (with `page`, and a text below it), or a list of them."""
    title_key: str
    """The attribute by which readers know a record."""
    dossier_attribute: str = ""
    """The attribute of `Dossier` that holds them; by default the name of their file or folder."""
    page_url: str = ""
    """The page that lists them, or the folder of their own pages; empty if they have no address."""
    reserved_ids: frozenset[str] = frozenset()
    """Ids that this page needs for its own parts."""
    search_labels: SearchLabels | None = None
    """What the search calls them; None if they are not found on their own."""
    is_begun_by_command: bool = False
    """Whether `dossier new` begins one; then every key has a `Question`."""
    definition: str = ""
    """What one is, in the help of that command; empty where the command is written by hand."""
    example_options: str = ""
    """Options of that command, as its help shows them."""
    is_vocabulary: bool = False
    """Whether they are few words that a dossier defines for all its records; its editor schemas list them."""
    report_rank: int = 99
    """Place in a report of changes: what weighs most comes first."""
    reader_name: str = ""
    """What reports call one; by default the noun of its model."""
    reader_plural: str = ""
    """What reports call many; by default the name with an s."""
    table_name: str = ""
    """Name of the table of its records and of the table's files; by default the attribute of `Dossier`."""

    def __post_init__(self) -> None:
        """Fill in the defaults that follow from other fields."""
        stem = PurePosixPath(self.list_path).stem
        object.__setattr__(self, "dossier_attribute", self.dossier_attribute or stem)
        object.__setattr__(self, "table_name", self.table_name or self.dossier_attribute)
        object.__setattr__(self, "reader_name", self.reader_name or self.model.noun)
        object.__setattr__(self, "reader_plural", self.reader_plural or f"{self.reader_name}s")

    @property
    def list_page_url(self) -> str:
        """The page that lists all records of the kind; empty if none does."""
        return self.page_url if self.layout != "list per article" else ""

    @property
    def is_entry(self) -> bool:
        """Whether its records have a status and an address of their own."""
        return issubclass(self.model, Entry)

    @property
    def schema_name(self) -> str:
        """The editor schema of its files; empty for articles, which are pages with a record at their head."""
        names = {"page": "", "file": self.name, "list": PurePosixPath(self.path_template).stem}
        return names.get(self.layout, self.dossier_attribute)

    @property
    def id_option(self) -> str:
        """The option by which its command takes an id; a term's id is made of the term."""
        return "--id" if self.layout != "list" or "id" in self.model.model_fields else f"--{self.title_key}"

    @property
    def list_path(self) -> str:
        """The file or folder that holds all records of the kind."""
        return self.path_template.partition("/{}")[0]

    def get_path(self, record_id: str) -> str:
        """The file that has the record of an id; an annotation's id is `article#id`."""
        return self.path_template.format(record_id.partition("#")[0])

    @property
    def has_markdown_title(self) -> bool:
        """Whether the text by which readers know a record is Markdown."""
        field = self.model.model_fields.get(self.title_key)
        return field is not None and get_marker(field, Markdown) is not None

    def get_title(self, record: Record) -> str:
        """What readers know a record by."""
        return str(getattr(record, self.title_key))


RECORD_KINDS: tuple[RecordKind, ...] = (
    RecordKind(
        name="article",
        model=Article,
        path_template="docs/articles/{}.md",
        layout="page",
        title_key="name",
        page_url="articles/",
        reserved_ids=frozenset(
            ("record", "digest", "further-quotations", "map", "sources", "capture", "events", "cite", "cited")
        ),
        search_labels=SearchLabels("article", "Article", "Articles"),
        is_begun_by_command=True,
        report_rank=7,
    ),
    RecordKind(
        name="annotation",
        model=Annotation,
        dossier_attribute="annotations",
        path_template="annotations/articles/{}.yml",
        layout="list per article",
        title_key="quote",
        page_url="articles/",
        search_labels=SearchLabels("note", "Note", "Notes on quotations"),
        is_begun_by_command=True,
        report_rank=2,
        reader_name="note",
        table_name="notes",
    ),
    RecordKind(
        name="claim",
        model=Claim,
        path_template="annotations/claims/{}.yml",
        layout="file",
        title_key="claim",
        page_url="claims/",
        search_labels=SearchLabels("claim", "Claim", "Claims"),
        is_begun_by_command=True,
        definition="a statement that can be checked, with our verdict",
        example_options='--claim "The ferry was full." --date 2024-05-02',
        report_rank=1,
    ),
    RecordKind(
        name="event",
        model=Event,
        path_template="annotations/events/{}.yml",
        layout="file",
        title_key="title",
        page_url="timeline/",
        reserved_ids=frozenset(("beginning-unknown",)),
        search_labels=SearchLabels("event", "Event", "Events"),
        is_begun_by_command=True,
        definition="a dated entry of the timeline",
        example_options='--title "The ferry stops" --date 2024-06-01',
        report_rank=3,
    ),
    RecordKind(
        name="chart",
        model=Chart,
        path_template="annotations/charts/{}.yml",
        layout="file",
        title_key="title",
        page_url="charts/",
        search_labels=SearchLabels("chart", "Chart", "Charts"),
        is_begun_by_command=True,
        definition="figures, sources or quotations as a drawing, with a table",
        example_options='--title "Tickets by kind" --form parts',
        report_rank=5,
    ),
    RecordKind(
        name="table",
        model=QuotationTable,
        path_template="annotations/tables/{}.yml",
        layout="file",
        title_key="title",
        page_url="compare/",
        search_labels=SearchLabels("table", "Table", "Tables"),
        is_begun_by_command=True,
        definition="quotations of several texts, part by part",
        example_options='--title "No report kept the reason"',
        report_rank=6,
    ),
    RecordKind(
        name="source",
        model=Source,
        path_template="annotations/sources/{}.yml",
        layout="file",
        title_key="title",
        page_url="sources/",
        reserved_ids=frozenset(SOURCE_KIND_HEADINGS),
        search_labels=SearchLabels("source", "Source", "Sources"),
        is_begun_by_command=True,
        definition="an entry of the bibliography",
        example_options='--title "Timetable 2024" --origin itself',
        report_rank=4,
    ),
    RecordKind(
        name="party",
        model=Party,
        path_template="annotations/parties.yml",
        layout="list",
        title_key="name",
        page_url="parties/",
        reserved_ids=frozenset(("people", "organisations")),
        search_labels=SearchLabels("party", "Who is who", "People and organisations"),
        is_begun_by_command=True,
        definition="a person or an organisation",
        example_options='--name "Pier shop" --kind organisation',
        report_rank=8,
        reader_plural="parties",
    ),
    RecordKind(
        name="verdict",
        model=Verdict,
        path_template="annotations/verdicts.yml",
        layout="list",
        title_key="label",
        is_vocabulary=True,
        report_rank=11,
        reader_name="verdict of the scale",
        reader_plural="verdicts of the scale",
    ),
    RecordKind(
        name="voice",
        model=Voice,
        path_template="annotations/voices.yml",
        layout="list",
        title_key="label",
        is_vocabulary=True,
        report_rank=12,
    ),
    RecordKind(
        name="measure",
        model=Measure,
        path_template="annotations/measures.yml",
        layout="list",
        title_key="unit",
        is_begun_by_command=True,
        definition="what a figure counts, where and when",
        example_options="--unit tickets --period 2024-05",
        report_rank=10,
    ),
    RecordKind(
        name="term",
        model=Term,
        path_template="annotations/glossary.yml",
        layout="list",
        title_key="term",
        page_url="glossary/",
        search_labels=SearchLabels("term", "Glossary", "Terms"),
        is_begun_by_command=True,
        definition="an entry of the glossary",
        example_options='--term "Slack water"',
        report_rank=9,
        reader_plural="glossary entries",
    ),
)
"""In the order in which they are read and listed."""

ENTRY_KINDS = tuple(kind for kind in RECORD_KINDS if kind.is_entry)

KINDS_BY_NAME: Mapping[str, RecordKind] = {kind.name: kind for kind in RECORD_KINDS}

_KINDS_BY_MODEL: Mapping[type[Record], RecordKind] = {kind.model: kind for kind in RECORD_KINDS}


def get_kind(record: Record) -> RecordKind:
    """The kind of a record; records inside others have none."""
    return _KINDS_BY_MODEL[type(record)]


def suggest_record_creation(kind: RecordKind, name: str) -> str:
    """What to type so that a record is there which is named and does not exist; an annotation is named `article#id`."""
    path, command = kind.get_path(name), f"`dossier new {kind.name} {kind.id_option} {name}`"
    if kind.layout == "list":
        keys = (key for key, description in describe_keys(kind.model).items() if description.is_required and key != "id")
        line = f"add a line to {path}: - {{{', '.join([f'id: {name}', *(f'{key}: …' for key in keys)])}}}"
        return f"begin it with {command}, or {line}" if kind.is_begun_by_command else line
    if kind.layout == "list per article":
        article, _, own_id = name.partition("#")
        return f'write it into {path}; `dossier new {kind.name} {article} "its words" --id {own_id}` begins it'
    return f"write its record, {path}" + (f"; {command} begins it" if kind.is_begun_by_command else "")
