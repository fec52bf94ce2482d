"""What changes people, their sessions, roles and secrets: one module for each noun."""
