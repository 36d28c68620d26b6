"""The plugin for MkDocs and its fork ProperDocs; the only folder that imports them."""
