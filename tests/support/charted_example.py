"""The example dossier with more charts: parts under a bracket, shares apart, boxes, and two series with breaks. All made up."""

from __future__ import annotations

from pathlib import Path

from dossier.loading.lock import update_lock, write_lock
from dossier.model import LOCK_FILE_NAME, Dossier
from support.dossiers import make_example, read_example

CHARTS = {
    "boats-by-colour": """form: parts
whole: boats.all
bracket: {figure: boats.coloured, label: Red or blue}
figures: [{figure: boats.red, tone: subject}, {figure: boats.blue, tone: apart}, {figure: boats.green}]
""",
    "three-shares": """form: apart
figures: [{figure: boats.early}, {figure: boats.summer}, {figure: boats.windy}]
""",
    "boats-in-boxes": """form: nested
panels:
  - figure: boats.early
    label: of the boats that were seen
    boxes:
      - {level: 1, label: All boats there are}
      - {level: 2, label: boats, figure: boats.all}
      - {level: 3, label: red, figure: boats.red, tone: subject}
      - {level: 3, label: blue, figure: boats.blue}
  - figure: boats.windy
    label: of the windy days
    boxes:
      - {level: 1, label: All days}
      - {level: 2, label: Days that were counted}
      - {level: 3, label: windy, figure: boats.windy, tone: subject}
      - {level: 2, label: boats, figure: boats.all}
      - {level: 3, label: neither, figure: boats.green}
      - {level: 4, label: of a colour that nobody knows, figure: boats.few, tone: apart}
""",
    "share-over-time": """form: series
figures: [{figure: boats.early}, {figure: boats.both}, {figure: boats.summer}, {figure: boats.late}]
breaks:
  - {before: boats.both, because: The second period contains the first.}
  - {before: boats.summer, because: A summer follows years.}
  - {before: boats.late, because: The year contains the summer.}
""",
    "trips-by-year": """form: series
figures: [{figure: boats.first}, {figure: boats.second}, {figure: boats.fourth}]
breaks: [{before: boats.fourth, because: Nobody counted in the year between.}]
""",
}
"""Id of each chart, and what is its own in its record."""

_FIGURES = {
    "all": ("2,500", "boats"),
    "red": ("1,200", "boats"),
    "blue": ("700", "boats"),
    "green": ("589", "boats"),
    "few": ("9", "boats"),
    "coloured": ("1,900", "boats"),
    "early": ("52 %", "share-early"),
    "both": ("55 %", "share-both"),
    "summer": ("51 %", "share-summer"),
    "late": ("almost half", "share-late"),
    "windy": ("94 %", "share-windy"),
    "first": ("3,100", "trips-2017"),
    "second": ("over 4,300", "trips-2018"),
    "fourth": ("5,400", "trips-2020"),
}
_PERIODS = {
    "boats": "2020",
    "share-early": "2017-04/2017-12",
    "share-both": "2017-04/2019-10",
    "share-summer": "2020-04/2020-06",
    "share-late": "2020-04/2021-03",
    "share-windy": "2019",
    "trips-2017": "2017-04/2018-03",
    "trips-2018": "2018-04/2019-03",
    "trips-2020": "2020-04/2021-03",
}
_CLAIM = """claim: Boats have colours.
kind: figure
claimant: harbour-office
made: "2021"
verdict: supported
summary: They have.
explanation: The list says so.
sources: [{evidence}]
would_change: Another list.
figures:
"""


def make_charted_example(folder: Path) -> Dossier:
    """Write the example with its charts into a folder and read it."""
    annotations = make_example(folder) / "annotations"
    figures = "".join(
        f'  {name}: {{value: "{value}", measure: {measure}, source: harbour-office-count}}\n'
        for name, (value, measure) in _FIGURES.items()
    )
    quoted = ", ".join(f'"{value}"' for value, _ in _FIGURES.values())
    evidence = f"{{id: harbour-office-count, bearing: supports, words: [{quoted}]}}"
    (annotations / "claims/boats.yml").write_text(_CLAIM.format(evidence=evidence) + figures, encoding="utf-8")
    measures = "".join(
        f'- {{id: {name}, unit: {name.split("-")[0]}, population: all, area: bay, period: "{period}", collector: ferry-crew}}\n'
        for name, period in _PERIODS.items()
    )
    with (annotations / "measures.yml").open("a", encoding="utf-8") as file:
        file.write(measures)
    for name, lines in CHARTS.items():
        (annotations / f"charts/{name}.yml").write_text(f"title: Of {name}\n{lines}text: As counted.\n", encoding="utf-8")
    write_lock(folder / LOCK_FILE_NAME, update_lock(read_example(folder)))
    return read_example(folder)
