"""CAPTURES: an article as it was saved, to numbered paragraphs and Markdown."""
