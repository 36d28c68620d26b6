"""Validates sitemaps with libxml2, a foreign validator, against what sitemaps.org asks of them."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

SCHEMA_FILE = Path(__file__).parent / "sitemap.xsd"


def list_sitemap_faults(text: bytes) -> list[str]:
    """What is wrong with a sitemap; empty if nothing is."""
    schema = etree.XMLSchema(etree.parse(str(SCHEMA_FILE)))
    try:
        tree = etree.fromstring(text)
    except etree.XMLSyntaxError as error:
        return [str(error)]
    schema.validate(tree)
    return [entry.message for entry in schema.error_log]
