"""From an export file to canonical cases."""
