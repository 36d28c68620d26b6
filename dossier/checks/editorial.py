"""Editorial rules: dates in order, layers and speakers, digests, stances, summaries, status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches

from dossier.checks.references import references
from dossier.checks.rule import Fault, rule
from dossier.model.base import Entry
from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.examples import to_make
from dossier.model.problems.problem import Instead, Place, likely
from dossier.model.quotations.anchoring import stands_in
from dossier.model.quotations.capture import count_words
from dossier.model.quotations.digest import UNWRITTEN, Passage
from dossier.model.records import TEXT, Article
from dossier.model.yaml_node import Step

SUMMARY_LENGTH = 75
"""Characters; longer ones are cut where fact checks are listed."""

QUOTED_WORDS = 3
"""Fewer words than this between quotation marks are a name or a term, not a quotation."""


@rule("date-order")
def date_order(dossier: Dossier) -> Iterator[Fault]:
    for entry, steps, first, second, said in _orders(dossier):
        if first and second and second.latest < first.earliest:
            message = f"{said}: {second.words} comes before {first.words}"
            yield Fault(entry.place(*steps), message, "correct one of the two dates")


def _orders(dossier: Dossier) -> Iterator[tuple[Entry, tuple[Step, ...], Edtf | None, Edtf | None, str]]:
    """Pairs of dates of which the second cannot be the earlier one, with the keys of one of them."""
    for article in dossier.articles.values():
        if article.archived:
            first = _first_date(article)
            yield article, ("archived", "date"), first, article.archived.date, "archived before published"
        for number, layer in enumerate(article.layers):
            steps = ("layers", number, "published")
            yield article, steps, layer.published, article.published, "the page is older than its layer"
    for source in dossier.sources.values():
        yield source, ("known_from",), source.published, source.known_from, "known before published"
        if source.archived:
            yield source, ("archived", "date"), source.published, source.archived.date, "archived before published"
    for entry in dossier.entries():
        happened = next((getattr(entry, key) for key in ("published", "made", "date") if hasattr(entry, key)), None)
        yield entry, ("reviewed",), happened, entry.reviewed, "reviewed before it happened"


def _first_date(article: Article) -> Edtf | None:
    """When the archived part was first published: its layer's date where the copy covers one layer."""
    covers = article.archived.covers if article.archived else ()
    layers = {article.layer_of(number) for number in covers}
    layer = layers.pop() if len(layers) == 1 else None
    return layer.published if layer else None if covers else article.published


@rule("layer-bounds")
def layer_bounds(dossier: Dossier) -> Iterator[Fault]:
    for slug, article in dossier.articles.items():
        last = len(dossier.outline(slug))
        for groups in (_layer_groups(article), _kind_groups(article)):
            seen: dict[int, str] = {}
            for place, name, numbers in groups:
                for number in numbers:
                    if number in seen:
                        message = f"paragraph {number} belongs to `{seen[number]}` already"
                        yield Fault(place, message, "let each paragraph belong to one of them")
                        break
                    if last and number > last:
                        message = f"there is no paragraph {number}; the article has {last}"
                        yield Fault(place, message, "count the lines that are not blank, from 1")
                        break
                    seen[number] = name


def _layer_groups(article: Article) -> Iterator[tuple[Place, str, tuple[int, ...]]]:
    for number, layer in enumerate(article.layers):
        yield article.place("layers", number, "paragraphs"), layer.id, layer.paragraphs


def _kind_groups(article: Article) -> Iterator[tuple[Place, str, tuple[int, ...]]]:
    for kind, numbers in article.kinds.items():
        yield article.place("kinds", kind), kind, numbers


@rule("layer-speaker")
def layer_speaker(dossier: Dossier) -> Iterator[Fault]:
    for note in dossier.all_annotations():
        article, found = dossier.articles.get(note.article), dossier.found(note)
        if not article or not found or note.speaker in (TEXT, None):
            continue
        layer = article.layer_of(found.span.paragraph)
        if layer and note.speaker == article.publisher and note.speaker != layer.writer:
            message = f"paragraph {found.span.paragraph} was written by {layer.writer}, not by {note.speaker}"
            help = f"write `speaker: {TEXT}` (the layer's writer) or whom the layer quotes"
            yield Fault(note.place("speaker"), message, help, likely(note.speaker, [TEXT]))


@rule("untitled-label")
def untitled_label(dossier: Dossier) -> Iterator[Fault]:
    for article in dossier.articles.values():
        if not article.title and not article.label:
            example = (Instead("e.g.", "", 'label: "Untitled article, March 2021"'),)
            help = "add `label:` with a description of ours"
            yield Fault(article.place("title"), "an untitled article needs a label", help, example)
        if article.title and article.label:
            yield Fault(article.place("label"), "an article with a title needs no label", "delete the line")


@rule("print-full")
def print_full(dossier: Dossier) -> Iterator[Fault]:
    for slug, article in dossier.articles.items():
        if article.print == "full" and not article.licence:
            yield Fault(
                article.place("print"), "nothing says that the article may be printed whole", "add `licence:` with its name"
            )
        if article.print == "full" and not any(path.startswith(f"docs/articles/{slug}.") for path in dossier.beside):
            help = f"put it there as docs/articles/{slug}.txt or .html, or write `print: excerpts`"
            yield Fault(article.place("print"), "the article's text is not beside its record", help)
    for path in dossier.beside:
        slug = path.removeprefix("docs/articles/").rpartition(".")[0]
        if not dossier.whole(slug) and f"docs/articles/{slug}.md" not in dossier.unread:
            help = "move it to the private folder of captures; a licence that permits it is written as `print: full`"
            yield Fault(Place(path), "a capture lies here that may not be printed", help)


@rule("print-metadata")
def print_metadata(dossier: Dossier) -> Iterator[Fault]:
    for slug, article in dossier.articles.items():
        if article.print == "metadata" and (article.digest.text.strip() or dossier.annotations.get(slug)):
            message = "nothing but the record of this article may be printed, but it has a digest or annotations"
            yield Fault(
                article.place("print"), message, "write `print: excerpts` if short quotations are allowed, or delete them"
            )


@rule("digest-link")
def digest_link(dossier: Dossier) -> Iterator[Fault]:
    for article, passage in _passages(dossier):
        if passage.note == UNWRITTEN:
            help = "put 200 to 450 words of your own in place of this line: what does the article report, and who says it?"
            yield Fault(passage.place, f"the digest of {article.slug} is not written yet", help)
        elif passage.note is not None and passage.note not in dossier.annotation_ids.get(article.slug, {}):
            message = f"no annotation of {article.slug} has the id `{passage.note}`"
            close = get_close_matches(passage.note, dossier.annotation_ids.get(article.slug, {}), 3)
            help = f"correct the link, or {to_make('annotation', f'{article.slug}#{passage.note}')}"
            yield Fault(passage.place, message, help, likely(f"#{passage.note}", [f"#{name}" for name in close]))


@rule("digest-words")
def digest_words(dossier: Dossier) -> Iterator[Fault]:
    for article, passage in _passages(dossier):
        note = dossier.annotation_ids.get(article.slug, {}).get(passage.note or "")
        if note is None or not dossier.found(note):
            continue  # that the quotation itself does not stand there is told already
        for words in passage.quoted():
            if not stands_in(words, note.quote):
                message = f"“{words}” is no part of the quotation that `{note.id}` is on"
                yield Fault(passage.place, message, f"quote words of “{note.quote}”, or leave the quotation marks out")


@rule("digest-quotation")
def digest_quotation(dossier: Dossier) -> Iterator[Fault]:
    for _, passage in _passages(dossier):
        if passage.text.count("“") > passage.text.count("”"):
            message = "a quotation begins or ends outside its link"
            yield Fault(passage.place, message, "put both quotation marks inside the brackets: [“words”](#id)")
        elif passage.note is None:
            for words in passage.quoted():
                if count_words(words) >= QUOTED_WORDS:
                    help = "link them to an annotation that holds them, or say it in our own words"
                    yield Fault(passage.place, f"“{words}” is quoted without a note", help)


def _passages(dossier: Dossier) -> Iterator[tuple[Article, Passage]]:
    """Every passage of every digest whose annotations could be read."""
    for slug, article in dossier.articles.items():
        if f"annotations/articles/{slug}.yml" not in dossier.unread:
            for passage in article.digest.passages:
                yield article, passage


@rule("stance-verdict")
def stance_verdict(dossier: Dossier) -> Iterator[Fault]:
    for note in dossier.all_annotations():
        if note.claim and not note.stance:
            help = "add `stance: as-stated`, or how it differs: stronger, weaker, other-period …"
            example = (Instead("e.g.", "", "stance: as-stated"),)
            yield Fault(note.place("claim"), "it is not said how the quotation puts the claim", help, example)
        elif note.stance and not note.claim:
            yield Fault(note.place("stance"), "a stance needs a claim", "add `claim:`, or delete the stance")
        elif note.stance == "as-stated" and note.verdict:
            help = "delete the verdict, or say with another stance how the wording differs"
            yield Fault(note.place("verdict"), "put as stated, it takes over the claim's verdict", help)
        elif note.stance not in (None, "as-stated") and not note.verdict:
            message = f"a quotation with the stance `{note.stance}` needs a verdict of its own"
            verdicts = tuple(Instead("e.g.", "", f"verdict: {verdict}") for verdict in [*dossier.verdicts][:1])
            yield Fault(note.place("stance"), message, "add `verdict:` with the verdict on this wording", verdicts)


@rule("summary-length")
def summary_length(dossier: Dossier) -> Iterator[Fault]:
    for claim in dossier.claims.values():
        if len(claim.summary) > SUMMARY_LENGTH:
            message = f"the summary has {len(claim.summary)} characters; at most {SUMMARY_LENGTH} are shown whole"
            yield Fault(claim.place("summary"), message, "keep the finding, move the rest into the explanation")


@rule("status-conflict")
def status_conflict(dossier: Dossier) -> Iterator[Fault]:
    kinds = {"claim": dossier.claims, "source": dossier.sources, "article": dossier.articles, "party": dossier.parties}
    resting: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for reference in references(dossier):
        named, record = kinds.get(reference.kind, {}).get(reference.id), reference.record
        if isinstance(record, Entry) and record.published_here and named and not named.published_here:
            resting[reference.kind, reference.id].append(str(reference.place))
    for (kind, name), places in resting.items():
        named = kinds[kind][name]
        more = f" and {len(places) - 3} more" if len(places) > 3 else ""
        message = f"the {kind} is `{named.status}`, but what is published rests on it: {', '.join(places[:3])}{more}"
        help = "publish it too, or make what rests on it a draft"
        yield Fault(named.place("status"), message, help, likely(named.status, ["published"]))
