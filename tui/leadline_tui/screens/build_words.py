"""What is told before a build: whether the expectations hold, and what has changed since the last one."""

from __future__ import annotations

from datetime import datetime

from rich.text import Text

from leadline_tui.safe import picture
from leadline_tui.session.building import Expectations, Prepared

_MOST_SAID, _MOST_CHANGES = 3, 6
_WIDTH = 88


def say_prepared(prepared: Prepared) -> Text:
    """Several lines."""
    text = Text()
    _append_expectations(text, prepared.expectations)
    if prepared.last is None:
        text.append("This is the first build of these rules.\n", "dim")
    else:
        when = datetime.fromtimestamp(prepared.last.at).strftime("%Y-%m-%d %H:%M")
        text.append(f"Since the last build, {when}, {picture(prepared.last.output)}\n", "bold")
        _append_changes(text, prepared)
    return text


def _append_expectations(text: Text, expected: Expectations) -> None:
    if not expected.count:
        text.append("No expectations stand beside the rules: nothing is tested.\n", "dim")
    elif expected.failed:
        text.append(f"✗ {expected.failed} of {expected.count} expectations do not hold\n", "bold")
        for said in expected.said[:_MOST_SAID]:
            text.append(f"  {picture(said)}\n")
    else:
        text.append(f"✓ all {expected.count} expectations hold\n", "bold")


def _append_changes(text: Text, prepared: Prepared) -> None:
    if prepared.since is None:
        text.append("  what was built then cannot be compared any more\n")
    else:
        from leadline.reports.difference_text import difference_lines

        lines = [line for line in difference_lines(prepared.since, _WIDTH) if line.plain.strip()]
        for line in lines[:_MOST_CHANGES]:
            text.append_text(line).append("\n")
        if len(lines) > _MOST_CHANGES:
            text.append(f"  and {len(lines) - _MOST_CHANGES} more lines: leadline diff has them\n", "dim")
    if prepared.has_other_includes:
        text.append("  files that the rules include have changed too\n")
    if prepared.effect is not None:
        moved = len(prepared.effect.moves)
        text.append(f"  {moved:,} of {prepared.effect.contacts:,} contacts change their stage\n")
