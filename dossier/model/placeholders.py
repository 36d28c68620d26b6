"""What our commands print where somebody is to write; nothing published may still hold it."""

NOTE_PLACEHOLDER = "What is to be said about this wording."
"""The note of an annotation that `dossier quote` prints."""

PLACEHOLDER_TEXTS = frozenset({"…", "...", NOTE_PLACEHOLDER})
"""Values that stand for a text to be written."""
