"""Editorial rules: order of dates, layers and speakers, stances, summaries, status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dossier.checks.references import RecordReference, iter_record_references
from dossier.checks.rule import Violation, rule
from dossier.model.base import Entry
from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.kinds import ENTRY_KINDS
from dossier.model.problems.problem import LineEdit, Location, suggest_line_edits
from dossier.model.records import LAYER_WRITER_ID, Annotation, Article
from dossier.model.yaml_node import YamlPath

MAX_SUMMARY_CHARACTERS = 75
"""Characters of a summary; lists of fact checks (ClaimReview) cut longer ones."""


@rule("date-order")
def check_date_order(dossier: Dossier) -> Iterator[Violation]:
    for entry, steps, first, second, label in _iter_ordered_date_pairs(dossier):
        if first and second and second.latest_day < first.earliest_day:
            message = f"{label}: {second.date_in_words} comes before {first.date_in_words}"
            yield Violation(entry.locate(*steps), message, "correct one of the two dates")


def _iter_ordered_date_pairs(dossier: Dossier) -> Iterator[tuple[Entry, YamlPath, Edtf | None, Edtf | None, str]]:
    """Pairs of dates of which the second cannot be earlier: record, YAML path of one of them, both dates, label for messages."""
    for article in dossier.articles.values():
        if article.archived:
            first = _find_archived_part_date(article)
            yield article, ("archived", "date"), first, article.archived.date, "archived before published"
        for number, layer in enumerate(article.layers):
            steps = ("layers", number, "published")
            yield article, steps, layer.published, article.published, "the page was published before its layer"
    for source in dossier.sources.values():
        yield source, ("known_from",), source.published, source.known_from, "known before published"
        if source.archived:
            yield source, ("archived", "date"), source.published, source.archived.date, "archived before published"
    for claim in dossier.claims.values():
        for number, reply in enumerate(claim.replies):
            steps = ("replies", number, "answered")
            yield claim, steps, reply.asked, reply.answered, "answered before asked"
    for entry in dossier.iter_entries():
        happened = next((getattr(entry, key) for key in ("published", "made", "date") if hasattr(entry, key)), None)
        yield entry, ("reviewed",), happened, entry.reviewed, "reviewed before it happened"


def _find_archived_part_date(article: Article) -> Edtf | None:
    """The earliest date of an archived copy: that of its layer if it covers one, None if it covers several."""
    covers = article.archived.covers if article.archived else ()
    layers = {article.get_layer(number) for number in covers}
    layer = layers.pop() if len(layers) == 1 else None
    return layer.published if layer else None if covers else article.published


@rule("layer-bounds")
def check_layer_bounds(dossier: Dossier) -> Iterator[Violation]:
    for slug, article in dossier.articles.items():
        last = len(dossier.get_paragraph_outlines(slug))
        layers = [(("layers", index, "paragraphs"), layer.id, layer.paragraphs) for index, layer in enumerate(article.layers)]
        kinds = [(("kinds", kind), kind, numbers) for kind, numbers in article.kinds.items()]
        for groups in (layers, kinds):
            seen: dict[int, str] = {}
            for steps, name, numbers in groups:
                for number in numbers:
                    if number in seen:
                        message = f"paragraph {number} is part of `{seen[number]}` already"
                        yield Violation(article.locate(*steps), message, "name each paragraph in one of them only")
                        break
                    if last and number > last:
                        message = f"there is no paragraph {number}; the article has {last}"
                        yield Violation(article.locate(*steps), message, "count the lines that are not blank, from 1")
                        break
                    seen[number] = name


@rule("layer-speaker")
def check_layer_speaker(dossier: Dossier) -> Iterator[Violation]:
    for note in dossier.iter_annotations():
        article, anchor = dossier.articles.get(note.article), dossier.find_anchor(note)
        if not article or not anchor or note.speaker in (LAYER_WRITER_ID, None):
            continue
        layer = article.get_layer(anchor.span.paragraph)
        if layer and note.speaker == article.publisher and note.speaker != layer.writer:
            message = f"paragraph {anchor.span.paragraph} was written by {layer.writer}, not by {note.speaker}"
            help = f"write `speaker: {LAYER_WRITER_ID}` (the layer's writer), or the party that the layer quotes"
            yield Violation(note.locate("speaker"), message, help, suggest_line_edits(note.speaker, [LAYER_WRITER_ID]))


@rule("untitled-label")
def check_untitled_label(dossier: Dossier) -> Iterator[Violation]:
    for article in dossier.articles.values():
        if not article.title and not article.label:
            example = (LineEdit("e.g.", "", 'label: "Untitled article, March 2021"'),)
            help = "add `label:` with a short description of your own"
            yield Violation(article.locate("title"), "an untitled article needs a label", help, example)
        if article.title and article.label:
            yield Violation(article.locate("label"), "an article with a title needs no label", "delete the line")


@rule("print-full")
def check_print_full(dossier: Dossier) -> Iterator[Violation]:
    for slug, article in dossier.articles.items():
        if article.print == "full" and not article.licence:
            help = "add `licence:` with the name of the licence"
            yield Violation(article.locate("print"), "`print: full` needs a licence", help)
        paths = (*dossier.adjacent_capture_paths, *dossier.unread_paths)
        is_capture_here = any(path.startswith(f"docs/articles/{slug}.") for path in paths)
        if article.print == "full" and not is_capture_here:
            help = f"put it there as docs/articles/{slug}.txt or .html, or write `print: excerpts`"
            yield Violation(article.locate("print"), "`print: full` needs the article's capture beside its record", help)
    for path in dossier.adjacent_capture_paths:
        slug = path.removeprefix("docs/articles/").rpartition(".")[0]
        if not dossier.is_printed_whole(slug) and f"docs/articles/{slug}.md" not in dossier.unread_paths:
            message = "this capture may not be published, so it may not be here"
            permit = "if a licence permits printing it, write `print: full` in its record"
            yield Violation(Location(path), message, f"move it to the private folder of captures; {permit}")


@rule("print-unproved")
def check_print_unproved(dossier: Dossier) -> Iterator[Violation]:
    for slug, capture in dossier.captures.items():
        if capture.difference and dossier.is_printed_whole(slug):
            cure = f"save the article part alone, or its text as docs/articles/{slug}.txt"
            help = f"compare that place with the page in a browser; {cure}"
            message = f"it is not proved that no word of the page is lost: {capture.difference}"
            yield Violation(dossier.articles[slug].locate("print"), message, help)


@rule("print-metadata")
def check_print_metadata(dossier: Dossier) -> Iterator[Violation]:
    for slug, article in dossier.articles.items():
        if article.print == "metadata" and (article.digest.text.strip() or dossier.annotations.get(slug)):
            message = "`print: metadata` permits no digest and no annotations, but there are some"
            help = "delete them, or write `print: excerpts` if short quotations are allowed"
            yield Violation(article.locate("print"), message, help)


@rule("stance-verdict")
def check_stance_verdict(dossier: Dossier) -> Iterator[Violation]:
    for note in dossier.iter_annotations():
        if note.claim and not note.stance:
            help = "add `stance: as-stated`, or the way it differs: stronger, weaker, other-period …"
            example = (LineEdit("e.g.", "", "stance: as-stated"),)
            yield Violation(note.locate("claim"), "an annotation with `claim:` needs `stance:`", help, example)
        elif note.stance and not note.claim:
            message = "an annotation with `stance:` needs `claim:`"
            yield Violation(note.locate("stance"), message, "add `claim:`, or delete `stance:`")
        elif note.stance == "as-stated" and note.verdict:
            message = "with `stance: as-stated`, the claim's verdict applies, and there can be no other"
            help = "delete `verdict:`, or choose the stance that says how the wording differs"
            yield Violation(note.locate("verdict"), message, help)
        elif note.stance not in (None, "as-stated") and not note.verdict:
            message = f"a quotation with the stance `{note.stance}` needs a verdict of its own"
            verdicts = tuple(LineEdit("e.g.", "", f"verdict: {verdict}") for verdict in [*dossier.verdicts][:1])
            yield Violation(note.locate("stance"), message, "add `verdict:` with the verdict on this wording", verdicts)


@rule("summary-length")
def check_summary_length(dossier: Dossier) -> Iterator[Violation]:
    for claim in dossier.claims.values():
        if len(claim.summary) > MAX_SUMMARY_CHARACTERS:
            message = f"the summary has {len(claim.summary)} characters; the limit is {MAX_SUMMARY_CHARACTERS}"
            yield Violation(claim.locate("summary"), message, "keep the finding, and move the rest to `explanation:`")


@rule("reviewer-same")
def check_reviewer_same(dossier: Dossier) -> Iterator[Violation]:
    for claim in dossier.claims.values():
        if claim.author and claim.reviewer and claim.author.split() == claim.reviewer.split():
            message = f"{claim.reviewer} wrote {claim.id} and cannot be the second person who reads it"
            yield Violation(claim.locate("reviewer"), message, "name another person, or delete the line until one has read it")


@rule("status-conflict")
def check_status_conflict(dossier: Dossier) -> Iterator[Violation]:
    addresses = dossier.last_release.records if dossier.last_release else ()
    kinds = {kind.name: dossier.index_records(kind) for kind in ENTRY_KINDS if kind.model is not Annotation}
    references_by_target: defaultdict[tuple[str, str], list[RecordReference]] = defaultdict(list)
    for reference in iter_record_references(dossier):
        target, record = kinds.get(reference.target_kind, {}).get(reference.target_id), reference.record
        if isinstance(record, Entry) and record.is_published and isinstance(target, Entry) and not target.is_published:
            references_by_target[reference.target_kind, reference.target_id].append(reference)
    for (kind, name), references in references_by_target.items():
        target, more = kinds[kind][name], f" and {len(references) - 3} more" if len(references) > 3 else ""
        assert isinstance(target, Entry)
        places = ", ".join(str(reference.location) for reference in references[:3])
        message = f"the {kind} is `{target.status}`, but published records name it: {places}{more}"
        keys = dict.fromkeys(f"`{reference.yaml_path[0]}:`" for reference in references)
        retire = f"retire these too (`status: retired`), or remove {', '.join(keys)} from them"
        if target.status == "retired":
            yield Violation(target.locate("status"), message, retire)
            continue
        is_released = any(isinstance(item.record, Entry) and item.record.page_url in addresses for item in references)
        help = f"publish it too; else {retire}" if is_released else "publish it too, or make these drafts"
        yield Violation(target.locate("status"), message, help, suggest_line_edits(target.status, ["published"]))
