"""AUTHORING: templates of records, editor schemas, and an empty dossier."""
