"""Options whose value must not be empty, as it is where a script's variable is."""

from __future__ import annotations

import click


def given(context: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Callback of an option that names a file or a contact. Raises a usage error where nothing stands in it."""
    if value is None or value.strip():
        return value
    wanted = "give the id of a contact" if param.opts[0] == "--id" else "name a file"
    instead = "" if param.required else ", or leave the option out"
    raise click.UsageError(f"{param.opts[0]} is empty: {wanted}{instead}", context)
