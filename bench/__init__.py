"""Benchmark: build time and memory of a dossier and of a plain MkDocs Material site with the same content; see README.md."""
