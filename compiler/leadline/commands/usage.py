"""How a call is explained: examples below the help, and what is said of a call that is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import click


def examples(*commands: str) -> str:
    """Commands to be copied, as what stands below the options of a help text; each keeps its lines."""
    lines = "\n".join(f"  {line}" for command in commands for line in command.split("\n"))
    return f"\b\nExample{'' if len(commands) == 1 else 's'}:\n{lines}"


def say_wrong_usage(error: click.ClickException, words: Sequence[str] = ()) -> str:
    """What is wrong with a call of these words, in one line, and which command says how it is right."""
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter):
        hint = error.param_hint or _name_of(error.param)
        if hint:
            return f"{hint if isinstance(hint, str) else ' '.join(hint)}: {error.message}"
    message = " ".join(_say_one_dash(error, words).split()).removesuffix(".")
    said = message[:1].lower() + message[1:] if message[1:2].islower() else message
    asks = isinstance(error, click.UsageError) and error.ctx is not None
    return f"{said}\n  leadline{_command_of(error)} --help shows how" if asks else said


def _name_of(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name


def _say_one_dash(error: click.ClickException, words: Sequence[str]) -> str:
    """The message; for `-contacts` it says which option is meant, where click speaks of a `-c`."""
    if isinstance(error, click.NoSuchOption) and error.ctx is not None:
        known = {name for param in error.ctx.command.params for name in param.opts}
        for word in words:
            name = word.partition("=")[0]
            if word.startswith(error.option_name) and f"-{name}" in known:
                return f"there is no option {name}: write -{name}"
    return error.format_message()


def _command_of(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else ""
    return path.removeprefix("leadline")
