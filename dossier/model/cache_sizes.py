"""How much the caches of what is read from texts hold."""

from __future__ import annotations

MAX_CACHED_TEXTS = 32_768
"""Texts, dates and numbers; a dossier of 1,000 articles has some 30,000, and a cache that holds fewer of what is asked for
in turn never has the one that is asked for.
"""
