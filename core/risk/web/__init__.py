"""Datasette over the merged database."""
