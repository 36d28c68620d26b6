"""What each key of a record asks of whoever writes it, in plain words. A test holds that no key is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from dossier.model.base import Entry
from dossier.model.field_types import NOT_ESTABLISHED
from dossier.model.records import Annotation, Article, Claim, Event, Source


class Question(NamedTuple):
    """A key as a question: how to answer it, its option on the command line, the kind of record that an answer names,
    a key whose answer makes it needless, and one without whose answer it is needless.

    A question without an option is answered in the file, since its answer has a form of its own.
    """

    prompt: str
    answer_hint: str = ""
    option: str = ""
    referenced_kind: str = ""
    skip_if: str = ""
    requires: str = ""

    def is_unnecessary(self, answers: Mapping[str, str], *, still_open: bool = False) -> bool:
        """Whether other answers leave nothing to ask; what is still open in a file may be answered there later."""
        known = answers.keys() - {key for key, value in answers.items() if value == NOT_ESTABLISHED}
        return self.skip_if in known or bool(self.requires and self.requires not in known and not still_open)


SHARED_QUESTIONS = {
    "status": Question("Is it ready for readers?", "Draft until it is, then published."),
    "reviewed": Question("On which day did somebody last hold it against its sources?", 'As in "2026-11-22"; empty until then.'),
    "corrections": Question("What was changed after it was published?", "Stays empty in a new record."),
}
DATE_HINT = 'As in "2021-03-26", "2021-03", "2021-03~" (about) or "2020-10/2021-09" (from, to).'
PARTY_HINT = "An id of annotations/parties.yml."
LIST_HINT = "In brackets, as in [first, second]."
SOURCES_HINT = "Names of files in annotations/sources/, as in [first, second]."

QUESTIONS: Mapping[type[Entry], Mapping[str, Question]] = {
    Article: {
        "title": Question("What is its title, word for word?", "", "--title"),
        "label": Question("What do we call it, where its title is not established?", skip_if="title", option="--label"),
        "publisher": Question("Who published it?", PARTY_HINT, "--publisher", "party"),
        "authors": Question("Who wrote it?", LIST_HINT, "--author"),
        "published": Question("On which day was it published?", DATE_HINT, "--date"),
        "bounds": Question("What in it shows that it is older or younger?", 'As in [{not_before: "2020-10-03", because: …}].'),
        "url": Question("What is its web address?", "", "--url"),
        "archived": Question("Where is a copy of it archived?", 'As in {url: https://…, date: "2021-03-27"}.'),
        "language": Question("In which language is it?", "As in en, en-GB or de.", "--language"),
        "print": Question("How much of it may be printed?", "Full needs a licence; excerpts are short quotations.", "--print"),
        "licence": Question("Which licence lets it be printed whole?", "Only where print is full.", "--licence"),
        "origin": Question("Which sources does it go back to?", SOURCES_HINT),
        "layers": Question(
            "Which paragraphs did somebody else write?",
            "As in [{id: second-text, paragraphs: 6-25, writer: a-party, published: not-established, url: not-established}]",
        ),
        "kinds": Question(
            "Which paragraphs are no running text?",
            'As in {heading: [1], furniture: [2, "9-12"]}; see `dossier convert`.',
        ),
        "about": Question("Why does its making matter, in a sentence or two?"),
        "candidates": Question("Who may have published it, where that is not established?", LIST_HINT, skip_if="publisher"),
        **SHARED_QUESTIONS,
    },
    Annotation: {
        "id": Question("What is its short name?", "A public address that stays.", "--id"),
        "quote": Question("Which words are quoted, exactly as they stand in the article?"),
        "paragraph": Question("In which paragraph?", "Only where the words stand in several.", "--paragraph"),
        "prefix": Question("Which words stand right before?", "Only where the words stand twice in one paragraph.", "--prefix"),
        "suffix": Question("Which words stand right behind?", "Likewise.", "--suffix"),
        "speaker": Question("Who says the words?", f"{PARTY_HINT[:-1]}, or text for the writer.", "--speaker", "party"),
        "claim": Question("Which claim do they make?", "The name of a file in annotations/claims/.", "--claim", "claim"),
        "stance": Question("How do they put that claim?", "Only with a claim.", "--stance", requires="claim"),
        "verdict": Question("What is our finding on this wording?", "Not where as-stated.", "--verdict", "verdict"),
        "note": Question("What is to be said about this wording?", "", "--note"),
        "sources": Question("What does the note rest on?", SOURCES_HINT, "--source", "source"),
        "hindsight": Question("What was not known yet when the words were printed?", "Only where a source is younger."),
        **SHARED_QUESTIONS,
    },
    Claim: {
        "claim": Question("What is claimed, in one sentence of ours?", "", "--claim"),
        "claimant": Question("Who claims it?", PARTY_HINT, "--claimant", "party"),
        "made": Question("On which day was it claimed?", DATE_HINT, "--date"),
        "topics": Question(
            "Under which topics is it listed?", f"As other claims have them, or a new one. {LIST_HINT}", "--topic", "topic"
        ),
        "verdict": Question("What is our finding?", "", "--verdict", "verdict"),
        "summary": Question("What did we find, in at most 75 characters?", "", "--summary"),
        "explanation": Question("Why is that our finding?", "", "--explanation"),
        "context": Question("Which numbers of our text are no figure or result below?", 'As in ["35"].'),
        "sources": Question(
            "What does each source say of it?",
            "supports | contradicts | context, as in [{id: a-source, bearing: supports}].",
            "--source",
            "source",
        ),
        "figures": Question(
            "Which numbers does it turn on, and where do they stand?",
            'As in {total: {value: "568", measure: a-measure, at: article#annotation}}; or source: a-source.',
        ),
        "calculations": Question(
            "What do they come to?",
            "As in [{id: share, expression: part / total, result: 11.4 %}].",
        ),
        "would_change": Question("What evidence would change the verdict?", "", "--would-change"),
        **SHARED_QUESTIONS,
    },
    Event: {
        "date": Question("When did it happen?", DATE_HINT, "--date"),
        "title": Question("What happened, in a line of ours?", "", "--title"),
        "text": Question("What happened, in a few sentences?", "", "--text"),
        "kind": Question("What kind of event is it?", "", "--kind"),
        "voices": Question("Whose voice is it?", LIST_HINT, "--voice", "voice"),
        "sources": Question("Which sources tell of it?", SOURCES_HINT, "--source", "source"),
        "articles": Question("Which articles does it touch?", LIST_HINT, "--article", "article"),
        "claims": Question("Which claims does it touch?", LIST_HINT, "--claim", "claim"),
        **SHARED_QUESTIONS,
    },
    Source: {
        "title": Question("What is its title, word for word?", "", "--title"),
        "publisher": Question("Who published it?", PARTY_HINT, "--publisher", "party"),
        "authors": Question("Who wrote it?", LIST_HINT, "--author"),
        "published": Question("On which day was it published?", DATE_HINT, "--date"),
        "url": Question("What is its web address?", "", "--url"),
        "archived": Question("Where is a copy of it archived?", 'As in {url: https://…, date: "2021-03-27"}.'),
        "kind": Question("What kind of source is it?", "", "--kind"),
        "origin": Question(
            "Which source does it go back to?", "Itself, where it goes back to nothing else.", "--origin", "source"
        ),
        "known_from": Question("On which day did it become public?", DATE_HINT, "--known-from"),
        "checked": Question("How much of it did you read?", "", "--checked"),
        "note": Question("What else is to be said of it?", "", "--note"),
        **SHARED_QUESTIONS,
    },
}
"""By kind of record, the question of each key."""


def is_list_field(field: FieldInfo) -> bool:
    """Whether a key holds a list."""
    return any(get_origin(kind) is tuple for kind in (field.annotation, *get_args(field.annotation)))


def get_literal_choices(kind: Any) -> tuple[str, ...]:
    """The words that a key knows, by the annotation of its field; empty where it is free."""
    if get_origin(kind) is Literal:
        return tuple(map(str, get_args(kind)))
    return next((words for part in get_args(kind) if (words := get_literal_choices(part))), ())
