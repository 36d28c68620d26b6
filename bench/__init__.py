"""How fast a dossier builds beside a plain MkDocs Material site of the same content; see README.md."""
