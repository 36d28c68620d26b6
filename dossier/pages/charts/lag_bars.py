"""The periods of figures beside the days on which they were printed: how old the newest and the oldest of what they count was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.model.dates.date_parts import CalendarDay
from dossier.model.dates.edtf import Edtf
from dossier.model.numbers.charts import get_closed_period, to_decimal_years
from dossier.model.records.chart import Chart
from dossier.model.wording import format_count
from dossier.pages.charts.period_bars import PeriodScale
from dossier.pages.charts.rows import ChartFigure
from dossier.pages.charts.scene import Box, Line, Scene, wrap_words
from dossier.pages.context import PageContext

LAG_BAR_HEIGHT, LAG_ROW_GAP = 20.0, 16.0
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class LagBar:
    """A figure, the period of what it counts, and the day on which it was printed."""

    figure: ChartFigure
    period: Edtf
    printed: Edtf

    @property
    def months(self) -> tuple[int, int]:
        """Whole months, rounded, from the end and from the beginning of the period to the day of printing."""
        day = self.printed.earliest_day
        return _round_months_between(self.period.latest_day, day), _round_months_between(self.period.earliest_day, day)

    @property
    def lag_text(self) -> str:
        """How old what it counts was when it was printed, in words."""
        newest, oldest = self.months
        return f"{newest} to {format_count(oldest, 'month')} old"


def _round_months_between(first: CalendarDay, last: CalendarDay) -> int:
    years, months, days = (late - early for early, late in zip(first, last, strict=True))
    return round(years * 12 + months + days / DAYS_A_MONTH)


def build_lag_bars(context: PageContext, chart: Chart, figures: Sequence[ChartFigure]) -> list[LagBar]:
    """A bar for each figure; empty if one has no closed period or no event with a day."""
    bars = []
    for charted, figure in zip(chart.figures, figures, strict=False):
        event = context.dossier.events.get(charted.event or "")
        period = get_closed_period(figure.measure) if figure.measure else None
        if not event or not event.date.start or not period:
            return []
        bars.append(LagBar(figure, period, event.date))
    return bars if len(bars) == len(chart.figures) else []


def draw_lag_bars(bars: Sequence[LagBar], width: float) -> Scene:
    """Draw each period as a bar, and an arrow from its end to the day of printing."""
    spans = [(*to_decimal_years(bar.period), to_decimal_years(bar.printed)[0]) for bar in bars]
    scale = PeriodScale(min(start for start, _, _ in spans), max(printed for _, _, printed in spans) + 0.04, width)
    scene = Scene(width)
    y = 0.0
    for bar, (start, end, printed) in zip(bars, spans, strict=True):
        words = f"{bar.period.date_in_words}, printed {bar.printed.date_in_words}: {bar.lag_text}"
        lines = wrap_words(f"{bar.figure.lead} {bar.figure.label}", width, "strong")
        top = scene.add_paragraph((0, y), lines, lead=bar.figure.lead)
        top = scene.add_paragraph((0, top), wrap_words(words, width), "quiet") + 5
        _draw_lag_bar(scene, scale, bar, (start, end, printed), top)
        y = top + LAG_BAR_HEIGHT + LAG_ROW_GAP
    scene.height = scale.draw_axis(scene, 0, y)
    return scene


def _draw_lag_bar(scene: Scene, scale: PeriodScale, bar: LagBar, moments: tuple[float, float, float], top: float) -> None:
    start, end, printed = map(scale.to_x, moments)
    scene.boxes.append(Box(start, top, end - start, LAG_BAR_HEIGHT, bar.figure.tone or "other"))
    middle = top + LAG_BAR_HEIGHT / 2
    scene.lines.append(Line(f"M{end + 3:.1f} {middle:.1f}H{printed:.1f}m-6 -5l6 5l-6 5", "arrow"))
    scene.lines.append(Line(f"M{printed + 1:.1f} {top - 2:.1f}v{LAG_BAR_HEIGHT + 4:.1f}", "arrow"))
