"""The shape of the site: addresses, facets, and what a release remembers of them."""
