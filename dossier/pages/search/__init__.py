"""The page of the search, and what its index holds."""
