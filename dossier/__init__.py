"""An annotated dossier as a static site: files in → model → checks → pages out.

`loading.read_dossier(root)` turns files into a `model.Dossier`; `checks.check_dossier(dossier)` holds it against every rule;
`pages.build_pages(dossier)` renders the pages. `cli` and `hosts` make these calls: the command line, and a plugin for MkDocs.
"""
