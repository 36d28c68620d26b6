"""The plugin for MkDocs; the only folder that imports it."""
