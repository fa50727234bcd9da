"""Writes docs/commands.md from the commands' own help: `python docs/commands.py`."""

from __future__ import annotations

from pathlib import Path

import click

from risk.cli import main

TARGET = Path(__file__).with_name("commands.md")
HEAD = """# Commands

Made by `python docs/commands.py` from what the commands say of themselves; a test holds the two
together. Exit status: 0 done; 1 the work could not be done, said in one plain line on standard
error (a traceback only with `risk --verbose COMMAND`); 2 wrong usage. Progress goes to standard
error and only to a terminal.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, _block("risk", main), *_commands()]) + "\n"


def _commands() -> list[str]:
    blocks = []
    for name, command in sorted(main.commands.items()):
        blocks.append(_block(f"risk {name}", command))
        below = command.commands if isinstance(command, click.Group) else {}
        blocks += [_block(f"risk {name} {part}", below[part]) for part in sorted(below)]
    return blocks


def _block(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, max_content_width=88, terminal_width=88)
    return f"## {name}\n\n```\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
