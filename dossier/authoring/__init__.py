"""WRITING: what helps people write: skeletons, schemas, an empty dossier."""
