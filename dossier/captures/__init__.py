"""Captures: convert a saved article (text or HTML) into numbered paragraphs and Markdown, and read a page's metadata."""
