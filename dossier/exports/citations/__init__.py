"""Citations in files, for programs that manage them: CSL-JSON, RIS and BibLaTeX."""
