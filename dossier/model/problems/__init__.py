"""What can be wrong with a dossier: the table of rules, and a problem as a value."""
