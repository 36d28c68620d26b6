"""How records are cited: as CSL-JSON items, and from these a plain citation, COinS and what a page's head says of it."""
