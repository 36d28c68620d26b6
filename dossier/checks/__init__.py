"""CHECKS: a dossier to problems. `check(dossier)` runs every rule; `verify` those on a finished site."""

from __future__ import annotations

from dossier.checks import (
    addresses,
    bounds,
    charts,
    corrections,
    editorial,
    figures,
    origins,
    quotations,
    references,
    release,
    site,
    verdicts,
)
from dossier.checks.rule import Check
from dossier.checks.site import Finished
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem
from dossier.model.site.addresses import Site

CHECKS: tuple[Check[Dossier], ...] = (
    references.unknown_reference,
    references.unused_record,
    references.repeated_id,
    addresses.taken_address,
    addresses.unknown_link,
    addresses.unknown_directive,
    origins.origin_loop,
    quotations.quote_absent,
    quotations.quote_ambiguous,
    quotations.quote_furniture,
    quotations.quote_ellipsis,
    quotations.quote_unlocked,
    quotations.quote_typography,
    quotations.quote_length,
    quotations.quote_budget,
    quotations.capture_changed,
    quotations.lock_stale,
    figures.figure_place,
    figures.figure_quote,
    figures.unknown_figure,
    figures.figure_derived,
    figures.calculation_result,
    figures.calculation_holds,
    figures.measure_mixed,
    figures.number_unbacked,
    charts.chart_form,
    charts.chart_scale,
    charts.chart_measure,
    charts.chart_period,
    verdicts.verdict_arithmetic,
    verdicts.verdict_evidence,
    verdicts.verdict_sources,
    verdicts.verdict_origins,
    verdicts.verdict_measure,
    verdicts.verdict_hindsight,
    release.id_vanished,
    release.verdict_changed,
    editorial.date_order,
    bounds.date_bounds,
    editorial.layer_bounds,
    editorial.layer_speaker,
    editorial.untitled_label,
    editorial.print_full,
    editorial.print_metadata,
    editorial.digest_link,
    editorial.digest_words,
    editorial.digest_quotation,
    editorial.stance_verdict,
    editorial.summary_length,
    editorial.status_conflict,
    corrections.correction_order,
    corrections.correction_empty,
)

SITE_CHECKS: tuple[Check[Finished], ...] = (
    site.site_missing,
    site.site_repeated,
    site.site_unpublished,
    site.site_link,
    site.site_request,
    site.site_capture,
)

__all__ = ["CHECKS", "SITE_CHECKS", "check", "verify"]


def check(dossier: Dossier) -> list[Problem]:
    """All problems of a dossier, those met while reading it among them, in the order of their places."""
    return sorted({*dossier.problems, *(problem for rule in CHECKS for problem in rule(dossier))})


def verify(dossier: Dossier, finished: Site, root: str) -> list[Problem]:
    """All problems of a finished site; `root` is its folder, as the problems are to name it."""
    subject = Finished(dossier, finished, root)
    return sorted({problem for rule in SITE_CHECKS for problem in rule(subject)})
