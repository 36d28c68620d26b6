"""What an SVG picture may hold: shapes and texts. Opened by itself, it is a page without a policy, whose scripts run."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

_DRAWN_NAMESPACES = ("http://www.w3.org/2000/svg", "")
_EDITOR_NAMESPACES = re.compile(
    r"http://(?:www\.inkscape\.org/|sodipodi\.sourceforge\.net/|creativecommons\.org/|purl\.org/dc/|www\.w3\.org/1999/02/22-rdf)"
)
"""What drawing programs say of a picture; browsers do not know it, and draw nothing."""
_SHAPE_TAGS = frozenset(
    """
    circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB
    feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset filter g line linearGradient marker mask metadata
    path pattern polygon polyline radialGradient rect stop style svg switch symbol text textPath title tspan use view
    """.split()
)
_LOADING_STYLE_PATTERN = re.compile(r"@import|\\|(?:url|src|image|image-set)\s*\(\s*+(?![\"']?#)", re.IGNORECASE)
"""Style that loads something, or may do so behind a backslash."""


class SvgFault(NamedTuple):
    """What is wrong with a picture: line and column from 1, and a sentence."""

    line: int
    column: int
    message: str


def find_svg_fault(content: bytes) -> SvgFault | None:
    """The first thing in an SVG file that is not known to be harmless; None if there is none."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    reader = _SvgReader(parser)
    parser.StartElementHandler, parser.EndElementHandler = reader.start_element, reader.end_element
    parser.CharacterDataHandler = reader.add_text
    parser.StartDoctypeDeclHandler, parser.ProcessingInstructionHandler = reader.refuse_doctype, reader.refuse_instruction
    try:
        parser.Parse(content, True)
    except _SvgFaultError as error:
        return error.fault
    except (expat.ExpatError, ValueError, LookupError) as error:
        return SvgFault(parser.ErrorLineNumber, parser.ErrorColumnNumber + 1, f"this is not XML that can be read: {error}")
    return None


class _SvgFaultError(Exception):
    def __init__(self, fault: SvgFault) -> None:
        self.fault = fault


class _SvgReader:
    """What expat calls while it reads a picture; raises `_SvgFaultError` at the first fault."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.style = ""
        self.is_style = False

    def describe_fault(self, message: str) -> _SvgFaultError:
        """The error to raise: `message` with the place where the parser is."""
        return _SvgFaultError(SvgFault(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1, message))

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if not _EDITOR_NAMESPACES.match(namespace) and (namespace not in _DRAWN_NAMESPACES or tag not in _SHAPE_TAGS):
            raise self.describe_fault(f"`<{tag}>` is not a shape of a picture")
        self.is_style = self.is_style or tag == "style"
        for attribute, value in attributes.items():
            if message := _describe_svg_attribute(attribute.rpartition(" ")[2], value):
                raise self.describe_fault(message)

    def add_text(self, text: str) -> None:
        self.style += text if self.is_style else ""

    def end_element(self, name: str) -> None:
        if name.rpartition(" ")[2] != "style":
            return
        # Browsers join the texts of a style before they read it, whatever stands between them.
        if _LOADING_STYLE_PATTERN.search(self.style):
            raise self.describe_fault("this style loads something, which a picture may not")
        self.style, self.is_style = "", False

    def refuse_doctype(self, *declared: object) -> None:
        raise self.describe_fault("a picture needs no document type, which could hide things in it")

    def refuse_instruction(self, target: str, data: str) -> None:
        raise self.describe_fault(f"`<?{target}` is no part of a picture")


def _describe_svg_attribute(name: str, value: str) -> str:
    """What is wrong with an attribute; empty if nothing is."""
    if name.lower().startswith("on"):
        return f"`{name}=` runs a script"
    if name.lower() in ("href", "src", "base") and not value.strip().startswith("#"):
        return f"`{name}={value[:40]!r}` leads out of the picture"
    return f"`{name}=` loads something, which a picture may not" if _LOADING_STYLE_PATTERN.search(value) else ""
