"""`python -m risk`."""

from risk.cli import main

main(prog_name="risk")
