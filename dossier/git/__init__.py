"""Asks git about the repository of a dossier: its history, its changes, its tracked files."""
