"""`leadline fmt`: one layout for rules files."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from leadline.commands.options import (
    color_option,
    exit_with,
    make_console,
    read_stdin,
    refuse_sharing_stdin,
    write_text,
)
from leadline.commands.talk import say
from leadline.commands.usage import examples
from leadline.rules import read_source
from leadline.rules_files import find_encoding
from leadline_dsl.format import Formatted, format_text
from leadline_dsl.source import Source

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


@click.command(epilog=examples("leadline fmt rules.lead", "leadline fmt --check *.lead", "leadline fmt - < rules.lead"))
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--check", "check_only", is_flag=True, help="Change nothing; exit code 1 if a file would change.")
@click.option("--diff", "show_diff", is_flag=True, help="Change nothing; show what would change.")
@color_option
def command(files: Sequence[str], check_only: bool, show_diff: bool, color: str) -> None:
    """Lay out FILE… in the one layout. Comments stay, and the meaning never changes.

    `-` reads standard input and writes standard output.
    """
    refuse_sharing_stdin(files)
    changed = faulty = 0
    for path in files:
        source = Source("<stdin>", read_stdin()) if path == "-" else read_source(path)
        formatted = format_text(source)
        faulty += _tell(formatted, source, color)
        if show_diff:
            _show_diff(source, formatted.text, color)
        if path == "-" and not (check_only or show_diff):
            click.echo(formatted.text, nl=False)
        elif formatted.text != source.text:
            changed += 1
            _change(path, formatted.text, check_only or show_diff)
    exit_with(1 if faulty or (changed and check_only) else 0)


def _change(path: str, text: str, only_say: bool) -> None:
    if only_say:
        say(f"{path} would change")
        return
    lost = find_encoding(Path(path))
    write_text(path, text)
    say(f"{path} laid out{f', as UTF-8 and no more as {lost}' if lost else ''}")


def _tell(formatted: Formatted, source: Source, color: str) -> bool:
    """Shows what could not be read and so stays as it is; whether there was any."""
    if formatted.refused:
        message = "its new layout would read differently, so it stays as it is; this is a fault of leadline"
        say(f"error: {source.name}: {message}")
    if formatted.diagnostics:
        from leadline.render import print_diagnostics

        print_diagnostics(formatted.diagnostics, {source.name: source}, make_console(color, sys.stderr))
    return formatted.refused or bool(formatted.diagnostics)


def _show_diff(source: Source, text: str, color: str) -> None:
    before, after = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    console = make_console(color)
    for line in difflib.unified_diff(before, after, source.name, f"{source.name} (laid out)"):
        shown = line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        style = _STYLES.get(line[0], "") if console.is_terminal else ""
        if style:
            console.print(shown.rstrip("\r\n"), style=style, soft_wrap=True)
        else:
            click.echo(shown, nl=False)
