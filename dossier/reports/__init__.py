"""REPORTS: what is printed for people and machines: problems, changes of records."""
