"""The command line: one file a command, imported only when it is called."""

from __future__ import annotations

import codecs
import errno
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress

import click

from leadline.commands.talk import say
from leadline.commands.usage import examples, say_wrong_usage
from leadline.ending import Ended
from leadline.load_faults import say_load_fault
from leadline.version import __version__

COMMANDS = {
    "init": "start: a small model with samples, or a schema from data",
    "check": "say what is wrong with rules",
    "fmt": "lay rules out in the one layout",
    "score": "score contacts of a file",
    "explain": "explain one contact's score, point by point",
    "timeline": "show a contact's score over time, and when it leaves its stage",
    "test": "run the expectations of the sample contacts",
    "reach": "say what would bring a lead into a stage, and what holds it back",
    "diff": "say what has changed between two rules files, and for whom",
    "edit": "write rules and watch what they do to contacts",
    "compile": "compile rules for another service",
    "completion": "print the completion script of a shell",
}
"""Every command with what it does; each is a module of this package with a `command`."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"leadline.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"; did you mean `{close[0]}`?" if close else ""
            raise click.UsageError(f"there is no command `{args[0]}`{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples("leadline init", "leadline check rules.lead", "leadline score rules.lead --contacts contacts.csv"),
)
@click.version_option(__version__, message="leadline %(version)s")
def group() -> None:
    """Lead scoring in plain text: write rules, test contacts, see every point."""


def run(args: Sequence[str]) -> int:
    """Runs a command and answers its exit code: 0 fine, 1 findings, 2 wrong usage or unreadable, 130 interrupted,
    128 and the number of the signal that ended it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=_ERRORS)
    if sys.stdout is None or sys.stderr is None:
        # A stream that was closed from outside: what would be written to it goes nowhere.
        sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
        sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    try:
        code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_output()
        return 0
    except OSError as error:
        _leave_output()
        return fail(f"the output cannot be written: {(error.strerror or 'unknown reason').lower()}")
    return code


_ERRORS = "leadline-as-typed"


def _write_as_typed(error: UnicodeError) -> tuple[str | bytes, int]:
    """Bytes of a file's name that the locale could not read go out as they came; half a character is spelt out."""
    assert isinstance(error, UnicodeEncodeError)
    try:
        return error.object[error.start : error.end].encode("ascii", "surrogateescape"), error.end
    except UnicodeEncodeError:
        return codecs.backslashreplace_errors(error)


codecs.register_error(_ERRORS, _write_as_typed)


def _leave_output() -> None:
    """Nothing may be written to an output that takes no more, not even while Python shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(args: Sequence[str]) -> int:
    output, talk = sys.stdout, sys.stderr
    try:
        code = group.main(args=list(args), prog_name="leadline", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except SystemExit as error:
        # So click and rich leave a pipe that nobody reads any more; click puts another output in its place.
        if sys.stdout is output and not isinstance(error.__context__, BrokenPipeError):
            raise
        sys.stdout, sys.stderr = output, talk
        raise BrokenPipeError from None
    except click.exceptions.Abort as error:
        return _interrupted(error.__cause__)
    except KeyboardInterrupt as error:
        return _interrupted(error)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.ClickException as error:
        return fail(say_wrong_usage(error, args))
    except BrokenPipeError:
        raise
    except Exception as error:
        return _report_other(error)


def _report_other(error: Exception) -> int:
    """Rules or data that cannot be read; else a fault of the program, told without its inside."""
    # Where such an error was raised its module is loaded; loading it to ask would cost every command.
    rules_error = getattr(sys.modules.get("leadline.rules"), "RulesError", ())
    data_error = getattr(sys.modules.get("leadline.readers.problems"), "DataError", ())
    if isinstance(error, (rules_error, data_error)):
        return fail(str(error))
    if isinstance(error, ImportError) and not (error.name or "").startswith("leadline"):
        return fail(f"{error.name or 'a package'} does not load: {say_load_fault(error)}")
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        raise error
    if isinstance(error, OSError) and error.filename is not None:
        return fail(f"{error.filename}: {(error.strerror or 'cannot be used').lower()}")
    if os.environ.get("LEADLINE_DEBUG"):
        traceback.print_exc()
    return fail(f"this is a fault of leadline, not yours ({type(error).__name__}); LEADLINE_DEBUG=1 shows where")


def _interrupted(error: BaseException | None) -> int:
    with suppress(OSError):  # the terminal may be gone
        say("interrupted")
    return 128 + error.number if isinstance(error, Ended) else 130


def fail(message: str) -> int:
    """Says on standard error why nothing could be done, a line a reason and its help; the exit code for that."""
    for line in message.split("\n"):
        say(line if line.startswith(" ") else f"error: {line}")
    return 2
