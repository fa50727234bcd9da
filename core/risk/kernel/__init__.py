"""Who brings departments into the house: hooks, plugins, catalogues."""
