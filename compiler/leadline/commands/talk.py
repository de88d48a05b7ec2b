"""What is said beside the output: on standard error, safe to print, broken at words where a terminal is too narrow."""

from __future__ import annotations

import sys

import click

from leadline.render.printable import printable

_DEEPER = 2


def say(text: str) -> None:
    """Says one or more lines on standard error."""
    for line in text.split("\n"):
        click.echo(_broken(printable(line)), err=True)


def _broken(line: str) -> str:
    """The line, its continuations a little deeper than it begins; whole where nobody's terminal breaks it."""
    if not sys.stderr.isatty():
        return line
    import shutil

    from rich.cells import cell_len

    width = shutil.get_terminal_size().columns
    if cell_len(line) <= width:
        return line
    indent = " " * (len(line) - len(line.lstrip()) + _DEEPER)
    lines = [line[: len(indent) - _DEEPER]]
    for word in line.split():
        if cell_len(lines[-1]) + 1 + cell_len(word) > width and lines[-1].strip():
            lines.append(indent)
        lines[-1] += word if not lines[-1].strip() else f" {word}"
    return "\n".join(lines)
