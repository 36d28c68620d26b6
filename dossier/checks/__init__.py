"""CHECKS: a dossier in, problems out. `check_dossier` runs the rules of content, `check_site` those of a finished site."""

from __future__ import annotations

from dossier.checks import (
    addresses,
    bounds,
    charts,
    corrections,
    editorial,
    figures,
    origins,
    placeholders,
    quotations,
    references,
    release,
    site,
    verdicts,
)
from dossier.checks.rule import CheckFunction
from dossier.checks.site import SiteCheckInput
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem
from dossier.model.site.addresses import BuiltSite

DOSSIER_CHECKS: tuple[CheckFunction[Dossier], ...] = (
    references.check_unknown_reference,
    references.check_unused_record,
    references.check_repeated_id,
    addresses.check_taken_address,
    addresses.check_unknown_link,
    addresses.check_unknown_directive,
    origins.check_origin_loop,
    quotations.check_quote_absent,
    quotations.check_quote_ambiguous,
    quotations.check_quote_furniture,
    quotations.check_quote_ellipsis,
    quotations.check_quote_unlocked,
    quotations.check_quote_typography,
    quotations.check_quote_length,
    quotations.check_quote_budget,
    quotations.check_capture_changed,
    quotations.check_lock_stale,
    figures.check_figure_place,
    figures.check_figure_quote,
    figures.check_unknown_figure,
    figures.check_figure_derived,
    figures.check_calculation_result,
    figures.check_calculation_holds,
    figures.check_measure_mixed,
    figures.check_number_unbacked,
    charts.check_chart_form,
    charts.check_chart_scale,
    charts.check_chart_measure,
    charts.check_chart_period,
    verdicts.check_verdict_arithmetic,
    verdicts.check_verdict_evidence,
    verdicts.check_verdict_sources,
    verdicts.check_verdict_origins,
    verdicts.check_verdict_measure,
    verdicts.check_verdict_hindsight,
    release.check_id_vanished,
    release.check_verdict_changed,
    editorial.check_date_order,
    bounds.check_date_bounds,
    editorial.check_layer_bounds,
    editorial.check_layer_speaker,
    editorial.check_untitled_label,
    editorial.check_print_full,
    editorial.check_print_metadata,
    editorial.check_digest_link,
    editorial.check_digest_words,
    editorial.check_digest_quotation,
    editorial.check_stance_verdict,
    editorial.check_summary_length,
    editorial.check_status_conflict,
    placeholders.check_placeholder_left,
    corrections.check_correction_order,
    corrections.check_correction_empty,
)

SITE_CHECKS: tuple[CheckFunction[SiteCheckInput], ...] = (
    site.check_site_missing,
    site.check_site_repeated,
    site.check_site_unpublished,
    site.check_site_link,
    site.check_site_request,
    site.check_site_capture,
)

__all__ = ["DOSSIER_CHECKS", "SITE_CHECKS", "check_dossier", "check_site"]


def check_dossier(dossier: Dossier) -> list[Problem]:
    """All problems of a dossier, including those found while reading it, sorted by location; each one once."""
    return sorted({*dossier.problems, *(problem for rule in DOSSIER_CHECKS for problem in rule(dossier))})


def check_site(dossier: Dossier, finished: BuiltSite, root: str) -> list[Problem]:
    """All problems of a finished site, sorted by location; `root` is its folder as messages name it."""
    subject = SiteCheckInput(dossier, finished, root)
    return sorted({problem for rule in SITE_CHECKS for problem in rule(subject)})
