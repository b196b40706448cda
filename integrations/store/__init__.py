"""The database: SQLite in a file, or PostgreSQL by its URL. ``store.open_store`` is the way in."""
