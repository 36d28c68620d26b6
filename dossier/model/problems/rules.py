"""Every rule of a dossier: its name, its severity, and one sentence that states it.

No other module lists them: checks yield problems under these names, the method page and `dossier rules` print the
table, and a test requires a good and a poisoned case file for each rule.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Rule(NamedTuple):
    """The rule in one sentence, and the severity of a violation."""

    description: str
    severity: Literal["error", "notice"] = "error"


RULES = {
    # Reading
    "unreadable-file": Rule(
        "Records and pages are UTF-8 text of at most one megabyte, without control characters or marks of an unresolved merge."
    ),
    "irregular-file": Rule(
        "What is read or published is a file, not a pipe or device; a link leads to a file below the same folder, as `docs/`."
    ),
    "yaml-syntax": Rule("Every record is YAML that can be read."),
    "yaml-feature": Rule(
        "Records use plain YAML: no anchors, aliases or tags, no second document, nesting to 50, no text cut off by `#`."
    ),
    "repeated-key": Rule("A record has each key at most once."),
    "unknown-key": Rule("A record has only the keys of its kind."),
    "missing-key": Rule("A record has every key that its kind needs; an unknown fact is `not-established`."),
    "wrong-value": Rule("A value has the type that its key asks for."),
    "wrong-date": Rule("Dates are EDTF level 0 or 1, and an interval ends after it begins."),
    "wrong-id": Rule("Ids and file names are lower-case letters, digits and single hyphens."),
    "lock-unreadable": Rule("`dossier.lock` is as `dossier lock` wrote it."),
    "settings-missing": Rule("`mkdocs.yml` exists, and so does the folder of captures that the settings name.", "notice"),
    # References
    "repeated-id": Rule("An id names one thing."),
    "unknown-reference": Rule(
        "Every claim, source, party, article, verdict, voice, measure or annotation that a record names exists."
    ),
    "unused-record": Rule("Every claim has an annotation; every source, party and measure is used.", "notice"),
    "taken-address": Rule("No two things share an address, and no id is one that its page uses itself."),
    "unknown-link": Rule("A link to an address of this site leads to a page, and to an id on it."),
    "unknown-directive": Rule("A `<!-- dossier: … -->` line names a part or a chart that exists."),
    "unsafe-markup": Rule(
        "Pages, their front matter and `mkdocs.yml` have no HTML and no address that could run anything; pages load their own."
    ),
    "unsafe-file": Rule(
        "Files beside pages are pictures without scripts, sound, fonts or data; `mkdocs.yml` names scripts and style sheets."
    ),
    "unsafe-extension": Rule(
        "An extension of Markdown that puts files into pages reads one folder below `docs/`, and nothing else."
    ),
    "origin-loop": Rule("The origins of a source end at a source that is its own origin; they are no circle."),
    # Quotations
    "quote-absent": Rule("A quotation is in its article, word for word."),
    "quote-ambiguous": Rule("A quotation is in one place of its article, or says which place it means."),
    "quote-furniture": Rule("A quotation comes from the article, not from page furniture such as menus."),
    "quote-ellipsis": Rule("A quotation is one unbroken run of words, without an ellipsis."),
    "quote-unlocked": Rule("`dossier.lock` has every quotation exactly as it is written."),
    "quote-typography": Rule("A quotation keeps the article's own quotation marks, dashes and spaces.", "notice"),
    "quote-length": Rule("A quotation has at most as many words as the settings allow."),
    "quote-budget": Rule("Quotations and title together are at most the share of an article that the settings allow."),
    "capture-changed": Rule("The capture here is the one that was locked."),
    "capture-doubtful": Rule(
        "A capture has no byte outside its encoding, no prose that it does not show, and every word that a browser shows.",
        "notice",
    ),
    "lock-stale": Rule(
        "`dossier.lock` has no quotation without an annotation, and the kinds of paragraphs that the record has.", "notice"
    ),
    # Dates
    "date-order": Rule("Nothing is archived, known or reviewed before it was published or happened."),
    "date-bounds": Rule("An article's date is within its bounds; each bound has a date, and no two contradict each other."),
    # Figures
    "figure-place": Rule("Each figure has one origin: a quotation, a source, or an expression over other figures."),
    "figure-quote": Rule("A number that a record places in a quotation is in that quotation."),
    "unknown-figure": Rule("Every figure that an expression or a chart names exists."),
    "figure-derived": Rule("A derived figure equals its expression, and is not derived from itself."),
    "calculation-result": Rule("A result written by hand equals its expression, rounded as it is printed."),
    "calculation-holds": Rule("`holds` says whether the stated number covers the exact result."),
    "measure-mixed": Rule("An expression uses figures of one measure, or has `comparable: false` and a `reason`."),
    "number-unbacked": Rule("Each number in the text of a claim or chart is a figure, a result, or listed in `context`."),
    # Charts
    "chart-form": Rule("A chart draws two figures or more, each once; only `parts` has a whole, and only `series` has breaks."),
    "chart-scale": Rule(
        "Parts are exact and sum to at most their whole; no figure is negative; a series mixes no shares with counts."
    ),
    "chart-measure": Rule(
        "`parts` have one measure; a series has a break where its measure changes; `apart` figures differ in measure."
    ),
    "chart-period": Rule("The figures of a series count closed periods, in order of time."),
    # Verdicts
    "verdict-arithmetic": Rule("Nothing that its own calculation refutes is called supported."),
    "verdict-evidence": Rule(
        "What is called incorrect is contradicted by a source or calculation; what is called supported is not only contradicted."
    ),
    "verdict-sources": Rule("Every verdict but `unverifiable` and `opinion` has a source."),
    "verdict-origins": Rule("Sources with one origin are not called independent or several."),
    "verdict-measure": Rule("A wording in another measure is called conflated, or a note explains it."),
    "verdict-hindsight": Rule("Evidence that was published after the text it judges has a sentence under `hindsight`."),
    "verdict-changed": Rule("A released verdict, figure or quotation changes only with a correction."),
    # Release
    "id-vanished": Rule("Every address that was published stays; its record may be retired."),
    "release-unreadable": Rule("`published.json` is as `dossier release` wrote it."),
    # Articles
    "layer-bounds": Rule("Layers and kinds name paragraphs that exist, each paragraph once."),
    "layer-speaker": Rule("A quotation inside a layer is attributed to the layer's author, not to the page's publisher."),
    "untitled-label": Rule("An article has a label if, and only if, its title is not established."),
    "print-full": Rule("A capture is beside its record if, and only if, a licence permits printing the whole article."),
    "print-unproved": Rule(
        "An article is printed whole if a second reading of its page proves that no word a browser shows is lost."
    ),
    "print-metadata": Rule("An article with `print: metadata` has no digest and no annotations."),
    # Digest
    "digest-link": Rule("A link to a note in a digest names an annotation of that article."),
    "digest-words": Rule("Words in quotation marks that link to a note are its quotation or a part of it."),
    "digest-quotation": Rule("Words in quotation marks in a digest link to a note that is not retired."),
    # Editorial
    "stance-verdict": Rule(
        "With the stance `as-stated`, the claim's verdict applies; any other stance has a verdict of its own."
    ),
    "summary-length": Rule("A claim's summary has at most 75 characters."),
    "status-conflict": Rule("No published record names one that is a draft, in review or retired."),
    "placeholder-left": Rule("Nothing published still holds a placeholder, such as `…`, that a command printed."),
    "correction-order": Rule("The `reviewed` date of a record is the day of its last correction, or later."),
    "correction-empty": Rule("`was` and `now` of a correction differ."),
    # Finished site
    "site-missing": Rule("Every published record is in the finished site, at its address."),
    "site-repeated": Rule("Every id occurs once on a page of the finished site."),
    "site-unpublished": Rule("Nothing unpublished is in the finished site."),
    "site-link": Rule("Every link inside the finished site leads to a page, and to an id on it."),
    "site-request": Rule("No page of the finished site loads anything from another site."),
    "site-script": Rule("Every page of the finished site has a policy, and nothing in the site runs but what templates bring."),
    "site-capture": Rule("The finished site has at most 25 words in a row of any private capture."),
}
