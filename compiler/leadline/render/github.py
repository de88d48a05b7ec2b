"""Diagnostics as workflow commands of GitHub Actions, which shows them beside the changed lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadline.render.printable import printable
from leadline.render.regions import in_file_order, region_of, without_line_end
from leadline_dsl.codes import CODES
from leadline_dsl.diagnostics import Diagnostic, Severity
from leadline_dsl.source import Source

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> str:
    """One `::error …::message` (or `::warning`, `::notice`) a line; the help follows the message."""
    return "".join(_command(found, sources.get(found.file)) + "\n" for found in in_file_order(diagnostics, sources))


def _command(found: Diagnostic, source: Source | None) -> str:
    title = f"{CODES[found.name].number} {found.name}"
    properties = {"file": found.file, **_place(found, source), "title": title}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = printable(found.message)
    if found.help:
        message += "\nhelp: " + "\n".join(map(printable, found.help.split("\n")))
    return f"::{_COMMANDS[found.severity]} {listed}::{_data(message)}"


def _place(found: Diagnostic, source: Source | None) -> dict[str, str]:
    if source is None:
        return {}
    place = region_of(source, without_line_end(source, found.span))
    lines = {"line": str(place.line), "endLine": str(place.end_line)}
    # Columns beside two different lines are refused by the runner, which then drops them.
    if place.line != place.end_line:
        return lines
    return {**lines, "col": str(place.column), "endColumn": str(place.end_column)}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
