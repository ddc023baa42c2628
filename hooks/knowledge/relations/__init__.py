"""How near articles are to each other."""
