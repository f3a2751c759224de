"""What must hold in this room. Values in, answers out; the day is passed in."""
