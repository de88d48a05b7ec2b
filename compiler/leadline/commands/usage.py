"""How a call is explained: examples below the help, and what is said of a call that is wrong."""

from __future__ import annotations

import click


def examples(*commands: str) -> str:
    """Commands to be copied, as what stands below the options of a help text; each keeps its lines."""
    lines = "\n".join(f"  {line}" for command in commands for line in command.split("\n"))
    return f"\b\nExample{'' if len(commands) == 1 else 's'}:\n{lines}"


def say_wrong_usage(error: click.ClickException) -> str:
    """What is wrong with a call, in one line, and which command says how it is right."""
    if isinstance(error, click.BadParameter) and error.param_hint is not None and error.param is None:
        hint = error.param_hint if isinstance(error.param_hint, str) else " ".join(error.param_hint)
        return f"{hint}: {error.message}"
    message = " ".join(error.format_message().split()).removesuffix(".")
    said = message[:1].lower() + message[1:] if message[1:2].islower() else message
    asks = isinstance(error, click.UsageError) and error.ctx is not None
    return f"{said}\n  leadline{_command_of(error)} --help shows how" if asks else said


def _command_of(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else ""
    return path.removeprefix("leadline")
