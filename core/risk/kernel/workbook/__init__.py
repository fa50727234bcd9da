"""A department's catalogue as a spreadsheet for legal officers, and back into its YAML files."""
