"""Counts of visits: kept in SQLite, and sent to PostgreSQL."""
