"""Rules of sites: their namings, their lives, their visits and their activities."""
