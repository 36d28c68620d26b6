"""The models of a dossier's records: articles, annotations, claims and the rest.

Frozen pydantic models whose fields are the keys of the YAML files, in the order in which they are written there. Every
value is valid if a record exists; `locate()` returns where a value was written. A fact that is not established is None
here and the literal `not-established` there. Ids that come from a file's name are fields too.
"""

from dossier.model.records.annotation import LAYER_WRITER_ID, Annotation
from dossier.model.records.article import Article, Layer, get_article_url
from dossier.model.records.chart import Chart
from dossier.model.records.claim import Claim, get_claim_url
from dossier.model.records.event import Event, EventKind
from dossier.model.records.figures import Measure
from dossier.model.records.party import Party
from dossier.model.records.scale import Verdict, Voice
from dossier.model.records.source import Source
from dossier.model.records.table import QuotationTable
from dossier.model.records.term import Term

__all__ = [
    "LAYER_WRITER_ID",
    "Annotation",
    "Article",
    "Chart",
    "Claim",
    "Event",
    "EventKind",
    "Layer",
    "Measure",
    "Party",
    "QuotationTable",
    "Source",
    "Term",
    "Verdict",
    "Voice",
    "get_article_url",
    "get_claim_url",
]
