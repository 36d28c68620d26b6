"""An annotated dossier as a static site: sources in → model → checks → pages out.

`sources.read(root)` turns files into a `model.Dossier`; `checks.check(dossier)` holds it against every rule;
`pages.build(dossier)` makes the pages. `cli` and `plugin` are those calls in two costumes: the command line, and MkDocs.
"""
