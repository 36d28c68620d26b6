"""Placeholders that commands print for texts to be written; nothing published may contain them."""

NOTE_PLACEHOLDER = "What is to be said about this wording."
"""The note of an annotation that `dossier quote` prints."""

PLACEHOLDER_TEXTS = frozenset({"…", "...", NOTE_PLACEHOLDER})
"""Values that are placeholders."""
