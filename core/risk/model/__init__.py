"""What things are: frozen models that import nothing else of risk."""
