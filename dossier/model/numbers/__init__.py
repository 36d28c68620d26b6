"""Numbers: as they are printed, arithmetic over them, and what it comes to."""
