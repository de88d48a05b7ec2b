"""F9: compiling for a service. First the expectations and what has changed, then the target; and the command that does
the same."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from leadline_tui.editor.ordered_keys import OrderedInput
from leadline_tui.safe import picture
from leadline_tui.session.building import (
    BuildError,
    Prepared,
    Target,
    build,
    command_line,
    list_targets,
    prepare_build,
    propose_output,
)
from leadline_tui.session.scoring import Scored

if TYPE_CHECKING:
    from leadline_tui.screens.main import MainScreen

_MOST_SAID, _MOST_CHANGES = 3, 6
_KEYS = "Enter builds   Tab to the file's name   ^Y copies the command   Escape leaves"


class CompileScreen(ModalScreen[Sequence[str]]):
    """Answers the files that were written; none where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("ctrl+y", "copy", "Copy the command", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    CompileScreen { align: center middle; }
    CompileScreen > VerticalScroll {
        width: 96; max-width: 98%; height: auto; max-height: 96%;
        background: $panel; border: round $primary; padding: 0 1; scrollbar-size-vertical: 1;
    }
    CompileScreen Static { height: auto; }
    CompileScreen OptionList { height: auto; max-height: 6; border: none; padding: 0; background: $panel; }
    CompileScreen OptionList:focus { border: none; }
    CompileScreen Input { border: none; height: 1; padding: 0 1; background: $boost; }
    CompileScreen #build-command { color: $text-accent; }
    CompileScreen #build-fault { color: $text-error; text-style: bold; display: none; }
    CompileScreen #build-keys { color: $text-muted; }
    """

    @dataclass
    class Ready(Message):
        """What is told before a build is known."""

        prepared: Prepared

    @dataclass
    class Failed(Message):
        """Something could not be done."""

        message: str

    @dataclass
    class Built(Message):
        """The files are written."""

        files: Sequence[str]

    def __init__(self, rules: str, scored: Scored | None) -> None:
        super().__init__()
        self._rules, self._scored = rules, scored
        self._targets = list_targets()
        self._prepared: Prepared | None = None
        self._was_warned = False
        self._has_failed = False
        self._is_wanted = False
        self._is_building = False
        self._proposed = ""

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False) as frame:
            frame.border_title = Text(f"Compile {picture(os.path.basename(self._rules))}", end="")
            yield Static("running the expectations …", id="build-told", markup=False)
            yield OptionList(
                *(Option(f" {target.title}") for target in self._targets), id="build-targets", markup=False
            )
            yield OrderedInput(id="build-output", compact=True)
            yield Static("", id="build-fault", markup=False)
            yield Static("", id="build-command", markup=False)
            yield Static(_KEYS, id="build-keys", markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = 0
        self.query_one(OptionList).focus()
        now = time.time_ns() // 1000

        def prepare() -> None:
            try:
                self.post_message(self.Ready(prepare_build(self._rules, self._scored, now)))
            except BuildError as error:
                self.post_message(self.Failed(error.message))

        self.run_worker(prepare, thread=True, group="build", exit_on_error=False)

    @property
    def _target(self) -> Target:
        return self._targets[self.query_one(OptionList).highlighted or 0]

    @property
    def _output(self) -> str:
        return os.path.expanduser(self.query_one(Input).value.strip())

    @property
    def holds_keys(self) -> bool:
        """Whether a build has been asked for, after which the screen is another one."""
        return self._is_wanted or self._is_building

    # ---- what is told

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        self._prepared = event.prepared
        self.query_one("#build-told", Static).update(self._words(event.prepared))
        last = event.prepared.last
        places = [(target.name, target.dialect) for target in self._targets]
        if last is not None and (last.target, last.dialect) in places:
            self.query_one(OptionList).highlighted = places.index((last.target, last.dialect))
            self._propose()
        self._show_command()
        if self._is_wanted:
            self._is_wanted = False
            self._build()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._has_failed = self._prepared is None
        self._is_building = self._is_wanted = False
        self._say(event.message)

    def _say(self, message: str) -> None:
        fault = self.query_one("#build-fault", Static)
        fault.update(Text("\n").join(Text(picture(line)) for line in message.split("\n")))
        fault.display = bool(message)

    def _words(self, prepared: Prepared) -> Text:
        text = Text()
        expected = prepared.expectations
        if not expected.count:
            text.append("No expectations stand beside the rules: nothing is tested.\n", "dim")
        elif expected.failed:
            text.append(f"✗ {expected.failed} of {expected.count} expectations do not hold\n", "bold")
            for said in expected.said[:_MOST_SAID]:
                text.append(f"  {picture(said)}\n")
        else:
            text.append(f"✓ all {expected.count} expectations hold\n", "bold")
        self._append_changes(text, prepared)
        return text

    def _append_changes(self, text: Text, prepared: Prepared) -> None:
        last = prepared.last
        if last is None:
            text.append("This is the first build of these rules.\n", "dim")
            return
        when = datetime.fromtimestamp(last.at).strftime("%Y-%m-%d %H:%M")
        text.append(f"Since the last build, {when}, {picture(last.output)}\n", "bold")
        if prepared.since is None:
            text.append("  what was built then cannot be compared any more\n")
        else:
            from leadline.reports.difference_text import difference_lines

            lines = [line for line in difference_lines(prepared.since, 88) if line.plain.strip()]
            for line in lines[:_MOST_CHANGES]:
                text.append_text(line).append("\n")
            if len(lines) > _MOST_CHANGES:
                text.append(f"  and {len(lines) - _MOST_CHANGES} more lines: leadline diff has them\n", "dim")
        if prepared.has_other_includes:
            text.append("  files that the rules include have changed too\n")
        if prepared.effect is not None:
            moved = len(prepared.effect.moves)
            text.append(f"  {moved:,} of {prepared.effect.contacts:,} contacts change their stage\n")

    def _show_command(self) -> None:
        has_tests = self._prepared is not None and bool(self._prepared.expectations.count)
        line = command_line(self._rules, self._target, self._output, has_tests)
        self.query_one("#build-command", Static).update(Text(f"$ {picture(line)}"))

    # ---- keys

    @on(OptionList.OptionHighlighted)
    def _target_marked(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        # A name that somebody typed stays.
        if self.query_one(Input).value in ("", self._proposed):
            self._propose()
        self._show_command()

    def _propose(self) -> None:
        """Where the target went the last time, else beside the rules."""
        last, target = self._prepared.last if self._prepared is not None else None, self._target
        is_same = last is not None and (last.target, last.dialect) == (target.name, target.dialect)
        self._proposed = last.output if last is not None and is_same else propose_output(self._rules, target)
        self.query_one(Input).value = self._proposed

    @on(Input.Changed)
    def _output_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._say("")
        self._show_command()

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _entered(self, event: Message) -> None:
        event.stop()
        if not self._is_building:
            self._build()

    def _build(self) -> None:
        """Builds, once it is known what is told before."""
        prepared, output = self._prepared, self._output
        if prepared is None:
            self._is_wanted = not self._has_failed
            return
        if not output:
            self._say("name the file that is to be written")
            return
        if prepared.expectations.failed and not self._was_warned:
            self._was_warned = True
            self._say("not every expectation holds: Enter once more builds all the same")
            return
        self._is_building = True
        target = self._target

        def run() -> None:
            try:
                self.post_message(self.Built(build(self._rules, prepared, target, output, time.time())))
            except BuildError as error:
                self.post_message(self.Failed(error.message))

        self.run_worker(run, thread=True, group="build", exit_on_error=False)

    @on(Built)
    def _built(self, event: Built) -> None:
        self.dismiss(event.files)

    def action_copy(self) -> None:
        """Copies the command line that does the same."""
        has_tests = self._prepared is not None and bool(self._prepared.expectations.count)
        self.app.copy_to_clipboard(command_line(self._rules, self._target, self._output, has_tests))
        self.notify("the command was sent to the clipboard", timeout=2)

    def action_leave(self) -> None:
        self.dismiss(())


def ask_to_compile(screen: MainScreen) -> None:
    """Asks what to compile to. Only what is saved is compiled, so that the command line can do the same."""
    session = screen.session
    if session.errors:
        screen.notify("the rules have errors: put them right first", severity="warning", timeout=3)
        screen.action_next_problem(1)
    elif session.is_changed or not session.path:
        screen.keeper.save(then=lambda: _open(screen))
    else:
        _open(screen)


def _open(screen: MainScreen) -> None:
    session = screen.session

    def done(files: Sequence[str] | None) -> None:
        if files:
            screen.notify(picture(f"built {', '.join(files)}"), markup=False, timeout=4)

    scored = session.scored if session.scored_version == session.version else None
    screen.app.push_screen(CompileScreen(session.path, scored), done)
