"""Lineage: a source, and below it the texts that go back to it, in order of time, each under the one that it comes from.

A text comes from the source that its record names as its origin. An article stands under the source that is one of its layers (of
the same address), and otherwise under the sources that it goes back to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.records import Article, Source
from dossier.model.vocabulary import READING_EXTENT_LABELS
from dossier.pages.charts.scene import LINE_HEIGHT, MARK_SIZE, Box, Line, Scene, Tone, Words, measure_words, wrap_words
from dossier.pages.context import PageContext

MIN_TREE_WIDTH, TREE_GAP, INDENT, LINEAGE_ROW_GAP = 300.0, 40.0, 26.0, 8.0
TONES_BY_READING: dict[str, Tone] = {"read-in-full": "other", "opening-read": "frame", "not-read": "open"}
ARTICLE_LABEL = "an article of this dossier"


@dataclass
class LineageNode:
    """A text: its source or article, its name and day, and the texts that come from it."""

    record: Source | Article
    label: str
    tone: Tone
    published: Edtf | None
    children: list[LineageNode] = field(default_factory=list)

    def iter_rows(self, depth: int = 0) -> Iterator[tuple[int, LineageNode]]:
        """The text and those that come from it, with how far each is from the first."""
        yield depth, self
        for child in self.children:
            yield from child.iter_rows(depth + 1)


def build_lineage(context: PageContext, origins: Sequence[str]) -> list[LineageNode]:
    """The trees of some sources; unknown ones are left out."""
    dossier = context.dossier
    return [_build_lineage_tree(context, dossier.sources[name]) for name in origins if name in dossier.sources]


def _build_lineage_tree(context: PageContext, root: Source) -> LineageNode:
    dossier = context.dossier
    roots = dossier.root_ids_by_source
    members = [root, *(source for source in dossier.descendants_by_root.get(roots[root.id], ()) if source.id != root.id)]
    nodes = {
        source.id: LineageNode(source, context.format_source_label(source), TONES_BY_READING[source.checked], source.published)
        for source in members
        if source is root or _goes_back_to(dossier, source, root.id)
    }
    for name, node in nodes.items():
        if name != root.id:
            nodes[dossier.sources[name].origin].children.append(node)
    for article in dossier.articles.values():
        for parent in _find_article_parents(article, nodes):
            nodes[parent].children.append(_build_article_node(context, article))
    for node in nodes.values():
        node.children.sort(key=_get_time_sort_key)
    return nodes[root.id]


def _goes_back_to(dossier: Dossier, source: Source, root: str) -> bool:
    """Whether the chain of a source's origins passes a source."""
    seen: set[str] = set()
    name = source.id
    while name in dossier.sources and name not in seen:
        seen.add(name)
        name = dossier.sources[name].origin
        if name == root:
            return True
    return False


def _find_article_parents(article: Article, nodes: dict[str, LineageNode]) -> list[str]:
    """The sources of a tree under which an article stands, each once."""
    urls = {layer.url for layer in article.layers if layer.url}
    printed = [name for name, node in nodes.items() if node.record.url in urls]
    return printed or [name for name in article.origin if name in nodes]


def _build_article_node(context: PageContext, article: Article) -> LineageNode:
    party = context.dossier.parties.get(article.publisher or "")
    name = party.name if party else article.name
    label = f"{name}, {article.published.date_in_words}" if article.published else name
    return LineageNode(article, label, "subject", article.published)


def _get_time_sort_key(node: LineageNode) -> tuple[object, ...]:
    """By the last possible day: what is dated to a month stands behind what is dated to a day of it."""
    return (node.published is None, node.published.sort_key[::-1] if node.published else (), node.label)


def draw_lineage(trees: Sequence[LineageNode], width: float) -> Scene:
    """Draw trees side by side, as many as fit, with a key to their marks above."""
    scene = Scene(width)
    top = _draw_key(scene, trees)
    columns = max(1, min(len(trees), int((width + TREE_GAP) // (MIN_TREE_WIDTH + TREE_GAP))))
    tree_width = (width - TREE_GAP * (columns - 1)) / columns
    for start in range(0, len(trees), columns):
        row = trees[start : start + columns]
        top = (
            max(_draw_tree(scene, tree, (tree_width + TREE_GAP) * place, top, tree_width) for place, tree in enumerate(row)) + 16
        )
    scene.height = top - 16
    return scene


def _draw_key(scene: Scene, trees: Sequence[LineageNode]) -> float:
    """Draw each mark that is used with its meaning; returns the y below."""
    used = {node.tone for tree in trees for _, node in tree.iter_rows()}
    meanings: dict[Tone, str] = {"subject": ARTICLE_LABEL}
    meanings |= {tone: READING_EXTENT_LABELS[name].lower() for name, tone in TONES_BY_READING.items()}
    x, y = 0.0, 0.0
    for tone, meaning in meanings.items():
        if tone in used:
            length = MARK_SIZE + 30 + measure_words(meaning)
            if x and x + length > scene.width:
                x, y = 0.0, y + LINE_HEIGHT + 4
            scene.boxes.append(Box(x + 0.5, y + 4, MARK_SIZE, MARK_SIZE, tone))
            scene.words.append(Words(x + MARK_SIZE + 8, y + 14, meaning, "quiet"))
            x += length
    return y + LINE_HEIGHT + 18


def _draw_tree(scene: Scene, tree: LineageNode, x: float, y: float, width: float) -> float:
    """Draw a text in each row, with a line from the text that it comes from; returns the y below."""
    foot_by_depth: dict[int, float] = {}
    for depth, node in tree.iter_rows():
        left = x + INDENT * depth
        lines = wrap_words(node.label, width - INDENT * depth - MARK_SIZE - 8, "strong" if node.tone == "subject" else "plain")
        middle = y + 10
        if depth:
            scene.lines.append(
                Line(f"M{left - INDENT + MARK_SIZE / 2:.1f} {foot_by_depth[depth - 1]:.1f}V{middle:.1f}H{left - 2:.1f}")
            )
        scene.boxes.append(Box(left, middle - MARK_SIZE / 2, MARK_SIZE, MARK_SIZE, node.tone))
        foot_by_depth[depth] = middle + MARK_SIZE / 2
        y = scene.add_paragraph((left + MARK_SIZE + 8, y), lines, "strong" if node.tone == "subject" else "plain")
        if not depth and isinstance(node.record, Source):
            y = scene.add_paragraph((left + INDENT, y), wrap_words(node.record.title, width - INDENT, "quiet"), "quiet")
        y += LINEAGE_ROW_GAP
    return y
