"""What git knows of the dossier."""
