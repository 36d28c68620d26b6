"""HOSTS: the programs that build a site around our pages."""
