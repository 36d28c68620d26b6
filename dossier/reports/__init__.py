"""REPORTS: problems and changes of records as text, Markdown or JSON. Formats only; the command line prints."""
