"""Who may sit on a panel, how scores are averaged, and when a vote carries."""
