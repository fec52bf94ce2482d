"""What the desk shows: one module for each of its pages."""
