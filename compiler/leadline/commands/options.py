"""Options and outputs that commands share."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from leadline.commands.choices import Choice
from leadline.destinations import find_taken, open_directly
from leadline.rules import Report, check_source, read_source
from leadline.temporary import put_in_place
from leadline_compiler.model import Model
from leadline_compiler.zones import UTC_ZONE, Zone, parse_as_of
from leadline_dsl.source import Source

if TYPE_CHECKING:
    from rich.console import Console

    from leadline_compiler.analysis.solve.prover import Search

_F = TypeVar("_F", bound=Callable[..., Any])

PLAIN_WIDTH = 120
"""Columns of a table that goes into a pipe or a file."""


def color_option(function: _F) -> _F:
    return click.option(
        "--color",
        type=Choice(["auto", "always", "never"]),
        default="auto",
        help="Colours: auto means on a terminal, unless NO_COLOR is set.",
    )(function)


def as_of_option(function: _F) -> _F:
    return click.option(
        "--as-of", metavar="WHEN", help="Score as of a day (2026-11-21: its end) or a time; default: now."
    )(function)


def dates_option(function: _F) -> _F:
    return click.option(
        "--dates",
        multiple=True,
        metavar="COLUMN=dmy|mdy",
        help="How to read a column of dates such as 03/04/2026.",
    )(function)


def what_if_option(function: _F) -> _F:
    return click.option(
        "--what-if",
        "what_if",
        multiple=True,
        metavar="CHANGE",
        help="Change the contact first, in order: 'role = CEO', '+visit path=/pricing 2d', '-1', 'today = +14d'.",
    )(function)


def make_console(color: str, file: IO[str] | None = None) -> Console:
    """A console on standard output, or on another stream, with colours as the user wants them."""
    from rich.console import Console

    stream = file or sys.stdout
    on_terminal = stream.isatty()
    plain = color == "never" or (color == "auto" and (bool(os.environ.get("NO_COLOR")) or not on_terminal))
    width = None if on_terminal or "COLUMNS" in os.environ else PLAIN_WIDTH
    return Console(
        file=stream,
        width=width,
        no_color=plain,
        force_terminal=not plain,
        color_system=None if plain else "standard" if color == "always" else "auto",
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )


def now() -> int:
    """Microseconds since 1970 in UTC."""
    return time.time_ns() // 1000


def read_as_of(text: str | None, zone: Zone, option: str = "--as-of") -> int | None:
    """The instant of an option, None where it was not given. Raises a usage error for what is no date."""
    if text is None:
        return None
    instant = parse_as_of(text.strip(), zone)
    if instant is None:
        raise click.BadParameter(f"{text!r} is no date: write it as 2026-11-21 or 2026-11-21T09:00", param_hint=option)
    return instant


def read_report(path: str, as_of: str | None = None, *, logic: bool = False, search: Search = "short") -> Report:
    """Reads and checks a rules file; `-` is standard input. `as_of` counts in the model's own zone.

    `logic`: whether the proofs are sought too; `search`: how long the solver may search.
    """
    source = Source("<stdin>", read_stdin()) if path == "-" else read_source(path)
    if as_of is None:
        return check_source(source, now(), logic=logic, search=search)
    report = check_source(source, now())
    zone = report.resolution.model.zone if report.model is not None else UTC_ZONE
    return check_source(source, read_as_of(as_of, zone) or now(), logic=logic, search=search, exactly=True)


def read_stdin() -> str:
    from leadline.rules import RulesError
    from leadline.rules_files import UnreadableError, decode

    if sys.stdin is None:
        raise RulesError("standard input is closed")
    try:
        return decode(sys.stdin.buffer.read())
    except UnreadableError as error:
        raise RulesError(error.say("standard input")) from None


def require_model(report: Report, color: str) -> Model:
    """The model; where errors keep it from being scored, they are shown and the command ends with 1."""
    if report.model is not None:
        return report.model
    from leadline.render import print_diagnostics, summary_line

    console = make_console(color, sys.stderr)
    print_diagnostics(report.stopping, report.sources, console)
    click.echo(summary_line(report.stopping, tuple(report.sources)), err=True)
    raise click.exceptions.Exit(1)


@contextmanager
def open_output(path: str | None, binary: bool = False, option: str = "--output") -> Iterator[IO[Any]]:
    """Standard output for None and `-`; else the file, which is replaced only when all has been written.

    A device, a pipe or an open stream such as `/dev/stdout` is written to as it is. `option` is what named the path.
    """
    if path is None or path == "-":
        yield sys.stdout.buffer if binary else sys.stdout
        return
    direct = open_directly(path)
    if direct is not None:
        with os.fdopen(direct, "wb") as raw:
            yield from _write_into(raw, binary)
        return
    target = Path(path).resolve()
    if target.is_dir():
        raise click.BadParameter(f"{path} is a folder", param_hint=option)
    if not target.parent.is_dir():
        raise click.BadParameter(f"{path}: its folder does not exist", param_hint=option)
    with ExitStack() as stack:
        try:
            _, made = stack.enter_context(put_in_place(target))
        except OSError as error:
            raise OSError(error.errno, error.strerror, path) from None
        yield from _write_into(made, binary)


def _write_into(raw: IO[bytes], binary: bool) -> Iterator[IO[Any]]:
    if binary:
        yield raw
    else:
        text = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
        try:
            yield text
        finally:
            text.detach()


def refuse_overwriting(outputs: Mapping[str, str | None], inputs: Iterable[str | None]) -> None:
    """Raises a usage error where an output would replace an input or another output."""
    wanted = {path: option for option, path in reversed(list(outputs.items())) if path not in (None, "-")}
    files = [path for path in outputs.values() if path is not None and path != "-"]
    taken = find_taken(files, [path for path in inputs if path is not None and path != "-"])
    if taken is not None:
        raise click.BadParameter(f"{taken} is read or written by this run already", param_hint=wanted[taken])


def refuse_sharing_stdin(paths: Iterable[str | None]) -> None:
    """Raises a usage error where several inputs would come from standard input."""
    if [path for path in paths if path == "-"][1:]:
        raise click.UsageError("only one input can come from standard input")


def write_text(path: str, text: str) -> None:
    """Replaces a file by a text in one step; its mode stays."""
    with open_output(path) as file:
        file.write(text)


def exit_with(code: int) -> None:
    """Ends the command with an exit code."""
    if code:
        raise click.exceptions.Exit(code)


def split_names(text: str | None) -> Sequence[str]:
    """The items of a comma-separated option."""
    return [item.strip() for item in (text or "").split(",") if item.strip()]
