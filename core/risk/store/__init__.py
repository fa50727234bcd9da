"""SQLite: schema, writing, merging, reading."""
