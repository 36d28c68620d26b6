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
    "publisher-missing": Rule("A site for readers (`publication: true`) names its publisher, how to reach them and its address."),
    # References
    "repeated-id": Rule("An id names one thing."),
    "unknown-reference": Rule(
        "Every claim, source, party, article, verdict, voice, measure or annotation that a record names exists."
    ),
    "unused-record": Rule("Every claim has an annotation; every source, party and measure is used.", "notice"),
    "taken-address": Rule("No two things share an address, and no id is one that its page uses itself."),
    "unknown-link": Rule("A link to an address of this site leads to a page, and to an id on it."),
    "unknown-directive": Rule("A `<!-- dossier: … -->` line names a part, chart, table or note that exists."),
    "unsafe-markup": Rule(
        "Pages, their front matter and `mkdocs.yml` have no HTML and no address that could run anything; pages load their own."
    ),
    "unsafe-file": Rule(
        "Files beside pages are pictures without scripts, sound, fonts or data; `mkdocs.yml` names scripts and style sheets."
    ),
    "speaker-loop": Rule("Parties that speak for each other form no circle."),
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
    "quote-budget": Rule(
        "Quotations and title print at most the share of an article, and of each layer in it, that the settings allow."
    ),
    "evidence-words": Rule("Words of a source are one run of at most 20 words each, and the source was read."),
    "evidence-absent": Rule("Words of a source are in the copy of it that is here, word for word."),
    "evidence-unlocked": Rule("`dossier.lock` has the words of each source exactly as they are written."),
    "evidence-changed": Rule("The kind of a published claim and the bearing of its sources are those that were locked."),
    "capture-changed": Rule("The capture here is the one that was locked."),
    "capture-doubtful": Rule(
        "A capture has no byte outside its encoding, no prose that it does not show, and every word that a browser shows.",
        "notice",
    ),
    "lock-stale": Rule(
        "`dossier.lock` has nothing that no record has any more, and the kinds of paragraphs that the record has.", "notice"
    ),
    # Dates
    "date-order": Rule("Nothing is archived, known, reviewed or answered before it was published, happened or was asked."),
    "date-bounds": Rule("An article's date is within its bounds; each bound has a date, and no two contradict each other."),
    # Figures
    "figure-place": Rule("Each figure has one origin: a quotation, a source, or an expression over other figures."),
    "figure-quote": Rule("A number that a record places in a quotation is in that quotation."),
    "figure-source": Rule(
        "A figure with a source is in the words of it that its claim quotes; the source was read and no opinion."
    ),
    "unknown-figure": Rule("Every figure that an expression or a chart names exists."),
    "figure-derived": Rule("A derived figure equals its expression, and is not derived from itself."),
    "calculation-result": Rule("A result written by hand equals its expression, rounded as it is printed."),
    "calculation-digits": Rule("No result has more digits than the figures that it comes from bear, as they are printed."),
    "share-difference": Rule("The difference of two shares is in percentage points, and nothing else is."),
    "calculation-holds": Rule("`holds` says whether the stated number covers the exact result."),
    "measure-mixed": Rule("An expression uses figures of one measure, or has `comparable: false` and a `reason`."),
    "number-unbacked": Rule("Each number in the text of a claim or chart is a figure, a result, or listed in `context`."),
    # Charts and tables
    "chart-form": Rule("A chart has what its form needs and nothing that means nothing in it; it draws each figure once."),
    "chart-scale": Rule(
        "Parts are exact and come to their bracket; they and boxes sum to at most what is around them; no figure is negative; "
        "a series mixes no shares with counts."
    ),
    "chart-measure": Rule(
        "`parts` have one measure, and so has a count with the box around it; a series has a break where its measure changes; "
        "`apart` figures differ in measure."
    ),
    "chart-period": Rule("The figures of a series count closed periods, in order of time."),
    "table-form": Rule("A table has two parts or more, each has a quotation once, and one of them has any."),
    # Verdicts
    "verdict-arithmetic": Rule("Nothing that its own calculation refutes is called supported."),
    "verdict-kind": Rule("A verdict on a claim, and on a note's wording of it, is one that may stand on claims of its kind."),
    "verdict-scale": Rule(
        "A verdict that may stand on statements, forecasts or judgements has no tick and no tone `holds`; "
        "`said`, and those on forecasts and judgements, have no rating and the tone `open`."
    ),
    "verdict-evidence": Rule(
        "What is called supported has something counted for it, what is called incorrect something counted against it: a source "
        "that was read and is quoted, or a calculation; what is called said has the words."
    ),
    "verdict-sources": Rule("Every verdict but `unverifiable` and `opinion` has a source."),
    "verdict-origins": Rule("Sources with one origin or one collector are not called independent or several."),
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
    "digest-length": Rule("A digest has at most 45 % of its article's words."),
    "digest-copied": Rule("A digest has no seven words in a row of its article outside quotation marks."),
    "digest-unlocked": Rule("`dossier.lock` says of every digest that it was compared with its article as it is written."),
    # Editorial
    "stance-verdict": Rule(
        "With the stance `as-stated`, the claim's verdict applies; any other stance has a verdict of its own."
    ),
    "summary-length": Rule("A claim's summary has at most 75 characters."),
    "long-sentence": Rule("A sentence of a digest, note, summary or explanation has at most 30 words.", "notice"),
    "status-conflict": Rule("No published record names one that is a draft, in review or retired."),
    "placeholder-left": Rule("Nothing published still holds a placeholder, such as `…`, that a command printed."),
    "correction-order": Rule("The `reviewed` date of a record is the day of its last correction, or later."),
    "reviewer-same": Rule("The reviewer of a claim is somebody else than its author."),
    "correction-empty": Rule("`was` and `now` of a correction differ."),
    # Finished site
    "site-missing": Rule("Every published record is in the finished site, at its address."),
    "site-repeated": Rule("Every id occurs once on a page of the finished site."),
    "site-unpublished": Rule("Nothing unpublished is in the finished site."),
    "site-link": Rule("Every link inside the finished site leads to a page, and to an id on it."),
    "site-request": Rule("No page of the finished site loads anything from another site."),
    "site-script": Rule("Every page of the finished site has a policy, and nothing in the site runs but what templates bring."),
    "site-capture": Rule("The finished site has at most 25 words in a row of any private capture or copy of a source."),
    "manifest-differs": Rule("Every file of a site is as `build-manifest.json` lists it, and there is no other."),
}
