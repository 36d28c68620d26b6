"""Size of the caches of parsed texts."""

from __future__ import annotations

MAX_CACHED_TEXTS = 32_768
"""Entries of a cache. A dossier of 1,000 articles has some 30,000 texts, dates and numbers; a smaller cache would never hit if
they are read in turn."""
