"""Pages of the three administrators, and the door of those they invite."""
