"""Counts of visits: kept in SQLite, sent to PostgreSQL."""
