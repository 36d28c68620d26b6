"""The MkDocs shell: what carries our pages, style and scripts into a MkDocs site. Only this and the plugin know MkDocs."""
