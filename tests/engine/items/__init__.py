"""The seven types of items."""
