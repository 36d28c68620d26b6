"""The hostile-input campaign: a small dossier is spoilt at random, and whatever comes of it must be a problem with a place.

`PYTHONPATH=tests python -m support.fuzz --seed S --rounds N` plays N rounds, each in a process of its own with little
memory, in which it spoils one to three files, then reads, checks, reports, draws pages and locks; every few rounds MkDocs
builds the site. `--seed S --round R` plays one again.
"""
