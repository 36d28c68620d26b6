"""Rules on digests: linked to their notes, short, and in our own words but for quotations, which the lock confirms."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.kinds import KINDS_BY_NAME, suggest_record_creation
from dossier.model.problems.problem import Location, suggest_line_edits
from dossier.model.quotations.anchoring import Anchor, QuoteUnverifiable, find_word_run
from dossier.model.quotations.capture import LOCK_FILE_NAME, count_words, hash_content
from dossier.model.quotations.copied_words import MIN_COPIED_WORDS, find_copied_runs
from dossier.model.quotations.digest import UNWRITTEN_DIGEST_ANNOTATION_ID, DigestPassage
from dossier.model.records import Article

MIN_QUOTATION_WORDS = 3
"""Words between quotation marks; fewer are a name or a term, not a quotation."""

MAX_DIGEST_SHARE = 45
"""Most percent of its article's words that a digest may have; a longer one would stand in for the article."""


@rule("digest-link")
def check_digest_link(dossier: Dossier) -> Iterator[Violation]:
    for slug, passage in _iter_readable_digest_passages(dossier):
        note_id, notes = passage.annotation_id, dossier.annotations_by_id.get(slug, {})
        if note_id == UNWRITTEN_DIGEST_ANNOTATION_ID:
            help = "replace this line by 120 to 450 words of your own: what does the article report, and who says it?"
            yield Violation(passage.location, f"the digest of {slug} is not written yet", help)
        elif note_id is not None and note_id not in notes:
            help = f"correct the link, or {suggest_record_creation(KINDS_BY_NAME['annotation'], f'{slug}#{note_id}')}"
            edits = suggest_line_edits(f"#{note_id}", [f"#{name}" for name in get_close_matches(note_id, notes, 3)])
            yield Violation(passage.location, f"no annotation of {slug} has the id `{note_id}`", help, edits)


@rule("digest-words")
def check_digest_words(dossier: Dossier) -> Iterator[Violation]:
    for slug, passage in _iter_readable_digest_passages(dossier):
        note = dossier.annotations_by_id.get(slug, {}).get(passage.annotation_id or "")
        if note is None or not isinstance(dossier.anchor_results[note.article, note.id], (Anchor, QuoteUnverifiable)):
            continue  # the quotation itself is not in the article, which is a problem of its own
        for written, words in passage.find_quotations():
            if find_word_run(words, note.quote) is None:
                message = f"{written} is not part of the quotation of `{note.id}`"
                yield Violation(passage.location, message, f"quote words of “{note.quote}”, or remove the quotation marks")


@rule("digest-quotation")
def check_digest_quotation(dossier: Dossier) -> Iterator[Violation]:
    for slug, passage in _iter_readable_digest_passages(dossier):
        note = dossier.annotations_by_id.get(slug, {}).get(passage.annotation_id or "")
        if passage.has_open_quotation():
            message = "a quotation opens here and does not close before a link begins or ends"
            yield Violation(passage.location, message, "put both quotation marks inside the brackets: [“words”](#id)")
        elif note and note.status == "retired":
            for written, _ in passage.find_quotations():
                help = "use your own words without the link, or link a published note on these words"
                yield Violation(passage.location, f"{written} is quoted from `{note.id}`, which is retired", help)
        elif passage.annotation_id is None:
            for written, words in passage.find_quotations():
                if count_words(words) >= MIN_QUOTATION_WORDS:
                    help = "link them to an annotation with these words, or use your own words"
                    yield Violation(passage.location, f"{written} is quoted without a link to a note", help)


def _iter_readable_digest_passages(dossier: Dossier) -> Iterator[tuple[str, DigestPassage]]:
    """Every passage of every digest with its article's slug, except for articles whose annotations could not be read."""
    for slug, article in dossier.articles.items():
        if f"annotations/articles/{slug}.yml" not in dossier.unread_paths:
            yield from ((slug, passage) for passage in article.digest.passages)


@rule("digest-length")
def check_digest_length(dossier: Dossier) -> Iterator[Violation]:
    for slug, article in _iter_private_digests(dossier):
        count, words = article.digest.word_count, dossier.count_article_words(slug)
        limit = words * MAX_DIGEST_SHARE // 100
        if words and count > limit:
            message = f"the digest has {count} words, more than {MAX_DIGEST_SHARE} % of the article's {words}"
            yield Violation(_locate_digest(article), message, f"shorten it by {count - limit}, to {limit} words at most")


@rule("digest-copied")
def check_digest_copied(dossier: Dossier) -> Iterator[Violation]:
    for slug, article in _iter_private_digests(dossier):
        for run in find_copied_runs(article.digest, dossier.captures[slug]) if slug in dossier.captures else ():
            begin = " ".join(run.words[:MIN_COPIED_WORDS])
            message = f"{len(run.words)} words in a row are the article's, outside quotation marks: {begin} …"
            yield Violation(run.location, message, "tell it in your own words, or quote a few words of it, linked to a note")


@rule("digest-unlocked")
def check_digest_unlocked(dossier: Dossier) -> Iterator[Violation]:
    for slug, article in _iter_unlocked_digests(dossier):
        place = _locate_digest(article)
        if slug in dossier.captures:
            message = f"the digest has no words copied from the article, but {LOCK_FILE_NAME} does not say so yet"
            yield Violation(place, message, f"run `dossier lock {slug}` and commit {LOCK_FILE_NAME}")
        else:
            message = f"nobody has compared this digest with the article yet, as {LOCK_FILE_NAME} tells"
            help = f"you have done nothing wrong: an editor who holds the capture runs `dossier lock {slug}` on this branch"
            yield Violation(place, message, f"{help}; until then, `dossier check --pending` passes")


def find_waiting_digests(dossier: Dossier) -> frozenset[Location]:
    """Where digests begin that only an editor can compare with their articles, so that they may wait for the lock."""
    return frozenset(_locate_digest(article) for slug, article in _iter_unlocked_digests(dossier) if slug not in dossier.captures)


def _iter_unlocked_digests(dossier: Dossier) -> Iterator[tuple[str, Article]]:
    """Digests that are not as the lock has them, but for those that have a problem of their own."""
    if LOCK_FILE_NAME in dossier.unread_paths | dossier.missing_paths or not dossier.are_settings_read:
        return
    for slug, article in _iter_private_digests(dossier):
        locked, capture = dossier.lock.articles.get(slug), dossier.captures.get(slug)
        if not (locked and locked.digest == hash_content(article.digest.text)):
            is_changed = capture and locked and locked.capture != capture.sha256
            if not is_changed and not (capture and find_copied_runs(article.digest, capture)):
                yield slug, article


def _iter_private_digests(dossier: Dossier) -> Iterator[tuple[str, Article]]:
    """Articles that have a written digest and may not be printed whole."""
    for slug, article in dossier.articles.items():
        is_written = all(passage.annotation_id != UNWRITTEN_DIGEST_ANNOTATION_ID for passage in article.digest.passages)
        if article.digest.text.strip() and is_written and not dossier.is_printed_whole(slug):
            yield slug, article


def _locate_digest(article: Article) -> Location:
    return Location(article.digest.path, article.digest.first_line)
