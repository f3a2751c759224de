"""Reading standards, and writing them."""
