"""The database's history: one linear line of steps for SQLite and PostgreSQL."""
