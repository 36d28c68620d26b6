"""The palette can be read in both schemes, and no verdict is told by its colour alone. Computed, not looked at."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from dossier.model.records import Verdict
from dossier.output.assets import FONT_PATHS, STYLESHEET_PIECES, asset_files, build_stylesheet
from dossier.pages.context import get_template_environment
from support.dossiers import ROOT

CSS = build_stylesheet()
SCHEMES = ("default", "slate")
INKS = ("ink", "quiet", "accent", "holds", "caution", "fails", "open", "none")
ENOUGH = 4.5
SHAPES = get_args(Verdict.model_fields["shape"].annotation)


@pytest.mark.parametrize("ground", ["paper", "wash"])
@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_colour_can_be_read_on_paper_and_wash(scheme: str, ink: str, ground: str) -> None:
    colours = palette(scheme)
    assert contrast(colours[ink], colours[ground]) >= ENOUGH


@pytest.mark.parametrize(("ink", "ground"), [("ink", "chart-other"), ("paper", "accent"), ("chart-on-apart", "chart-apart")])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_of_a_chart_can_be_read_on_its_boxes(scheme: str, ink: str, ground: str) -> None:
    colours = palette(scheme)
    assert contrast(colours[ink], colours[ground]) >= ENOUGH


@pytest.mark.parametrize("line", ["chart-line", "accent", "chart-apart"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_a_chart_draws_stands_out_from_paper(scheme: str, line: str) -> None:
    colours = palette(scheme)
    assert contrast(colours[line], colours["paper"]) >= 3


@pytest.mark.parametrize("tone", ["holds", "caution", "fails", "open", "none"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_colour_can_be_read_on_a_note_that_was_jumped_to(scheme: str, tone: str) -> None:
    share = int(re.findall(r"\.note:target \{ background: color-mix\(in srgb, var\(--tone\) (\d+)%, transparent\)", CSS)[0])
    colours = palette(scheme)
    ground = mixed(colours[tone], colours["paper"], share / 100)
    unread = [ink for ink in ("ink", "quiet", "accent", tone) if contrast(colours[ink], ground) < ENOUGH]
    assert unread == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_tones_of_verdicts_differ(scheme: str) -> None:
    colours = palette(scheme)
    assert len({colours[tone] for tone in ("holds", "caution", "fails", "open", "ink", "accent")}) == 6


def test_both_schemes_set_the_same_colours() -> None:
    assert palette("default").keys() == palette("slate").keys() >= {*INKS, "paper", "wash", "rule"}


def test_every_colour_that_is_used_is_one_of_the_palette() -> None:
    rules = re.sub(r'\[data-md-color-scheme="\w+"\] \{.*?\}', "", CSS, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", rules) == []


def test_every_piece_of_the_style_is_part_of_it() -> None:
    assert sorted(STYLESHEET_PIECES) == sorted(file.stem for file in (ROOT / "dossier/assets/style").glob("*.css"))


SIZES = ("small", "aside", "list", "text", "head", "lead", "title")
SMALLEST = 13
ROOT_SIZE = 20
"""Pixels of a `rem` under the theme, at the size of text that browsers begin with."""


def test_type_is_set_in_the_sizes_of_one_scale() -> None:
    scale = [float(re.findall(rf"--{name}: ([\d.]+)rem;", CSS)[0]) * ROOT_SIZE for name in SIZES]
    assert scale == sorted(set(scale))
    assert scale[0] >= SMALLEST
    pieces = (
        (ROOT / f"dossier/assets/style/{name}.css").read_text(encoding="utf-8") for name in STYLESHEET_PIECES if name != "print"
    )
    sizes = [size for piece in pieces for size in re.findall(r"font(?:-size)?: ([^;]+);", piece)]
    assert len(sizes) > 100
    assert [size for size in sizes if re.search(r"\d(?:rem|pt)\b", size)] == []


MADE = ("across-", "box-", "kind-", "layer-", "line-", "on-", "scene-", "tone-", "words-")
"""How classes begin whose end comes from a record, or from what is drawn."""
WRITTEN = ("beside", "findings", "pairs")
"""Classes that a page written by hand gives its own parts."""


def test_every_class_that_has_a_style_is_given_to_something() -> None:
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", CSS, flags=re.DOTALL)
    styled = {name for name in re.findall(r"\.([a-z][\w-]*)", selectors) if not name.startswith(("md-", *MADE))}
    assert len(styled) > 100
    assert styled - given_classes() - {*WRITTEN} == set()


def given_classes() -> set[str]:
    """The classes that templates give, whatever is asked before, and every word that a script or page has in quotes."""
    package = ROOT / "dossier"
    templates = [*(package / "templates").rglob("*.html"), *(package / "theme").rglob("*.html")]
    values = [value for file in templates for value in re.findall(r'class="((?:[^"{]|\{[{%].*?[%}]\})*)"', text_of(file))]
    programs = [*(package / "assets/script").glob("*.js"), *(package / "pages").glob("*.py")]
    values += [value for file in programs for value in re.findall(r"""["'`]([^"'`\n]*)["'`]""", text_of(file))]
    return {name for value in values for name in re.findall(r"[a-z][\w-]*", value)}


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_the_only_things_that_rules_load_are_the_sites_own_fonts() -> None:
    loaded = re.findall(r'url\("([^"]*)"\)', CSS)
    assert {f"assets/{path}" for path in loaded} == {path for path in FONT_PATHS if path.endswith(".woff2")}
    assert CSS.count("url(") == CSS.count("font-display: swap") == len(loaded) == 2
    faces = re.findall(r"@font-face \{.*?\}", CSS)
    assert [face for face in faces if "url(" not in face and not re.search(r"src: local\(.*size-adjust: ", face)] == []
    assert "@import" not in CSS


def test_the_fonts_come_with_their_licence_and_weigh_little() -> None:
    files = asset_files()
    assert "SIL Open Font License, Version 1.1" in files["assets/fonts/OFL.txt"].read_text(encoding="utf-8")
    weights = [len(files[path].read_bytes()) for path in FONT_PATHS if path.endswith(".woff2")]
    assert sum(weights) < 50 * 1024
    assert all(files[path].read_bytes()[:4] == b"wOF2" for path in FONT_PATHS if path.endswith(".woff2"))


PHYSICAL = (
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b",
    r"border-(?:top|bottom)-(?:left|right)-radius",
    r"(?<![\w-])(?:left|right):",
    r"(?:text-align|float|clear): (?:left|right)\b",
    r"(?<![\w-])(?:margin|padding|inset|scroll-margin|border-width): [^\s;]+ ([^\s;]+) [^\s;]+ (?!\1[ ;])[^\s;]+;",
    r"border-radius: [^\s;]+ [^\s;][^;]*;",
    r"translateX\(",
)
"""Properties and values that mean a side of the screen where one of the text is meant, so that a page cannot be turned round."""


@pytest.mark.parametrize("piece", STYLESHEET_PIECES)
def test_every_rule_follows_the_reading_direction(piece: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", text_of(ROOT / f"dossier/assets/style/{piece}.css"), flags=re.DOTALL)
    assert [found[0] for pattern in PHYSICAL for found in re.finditer(pattern, text)] == []


def test_a_rule_for_a_side_of_the_screen_would_be_found() -> None:
    rules = ["margin-left: 1em;", "a { right: 0 }", "text-align: left;", "padding: 0 1em 0 2em;", "border-radius: 2px 0 0 2px;"]
    assert [rule for rule in rules if not any(re.search(pattern, rule) for pattern in PHYSICAL)] == []
    sound = [
        "margin-inline: 1em 2em;",
        "padding: 0 1em 2em 1em;",
        "text-align: start;",
        "border-radius: 2px;",
        "justify-content: left-x",
    ]
    assert [rule for rule in sound if any(re.search(pattern, rule) for pattern in PHYSICAL)] == []


def test_nothing_moves_for_those_who_ask_for_none() -> None:
    calm = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{.*\}\n", "", CSS)
    assert re.findall(r"\b(?:animation|transition|scroll-behavior)\b", calm) == []


def test_every_shape_of_a_verdict_is_a_drawing_of_its_own() -> None:
    assert len({drawing(shape) for shape in SHAPES}) == len(SHAPES) > 5


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_drawn_and_hidden_from_screen_readers(shape: str) -> None:
    assert re.search(r'<svg[^>]*aria-hidden="true"[^>]*>\s*<(?:path|circle)', drawing(shape))


def test_the_mark_of_a_note_without_a_verdict_has_no_verdicts_shape() -> None:
    unjudged = get_template_environment().get_template("macros.html").make_module({"context": None}).mark(None)  # type: ignore[attr-defined]
    assert not [shape for shape in SHAPES if drawing(shape) in unjudged]


def drawing(shape: str) -> str:
    return str(get_template_environment().get_template("macros.html").make_module({"context": None}).shape(shape))  # type: ignore[attr-defined]


def palette(scheme: str) -> dict[str, str]:
    """The colours that a scheme sets, by name."""
    block = re.findall(rf'^ *(?::root, )?\[data-md-color-scheme="{scheme}"\] \{{(.*?)\}}', CSS, re.DOTALL | re.MULTILINE)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def mixed(colour: str, ground: str, share: float) -> str:
    """What is seen of a colour that covers only a share of its ground."""
    pairs = zip(channels(colour), channels(ground), strict=True)
    return "#" + "".join(f"{round(top * share + below * (1 - share)):02x}" for top, below in pairs)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [value / 255 for value in channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
