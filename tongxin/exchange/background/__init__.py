"""Large imports and exports, done by a worker while the page shows how far they have come."""
