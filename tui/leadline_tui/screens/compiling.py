"""F9: compiling for a service. First the expectations and what has changed, then the target; and the command that does
the same."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.worker import Worker, WorkerState

from leadline_tui.crash import say_fault
from leadline_tui.safe import picture
from leadline_tui.screens.build_words import say_prepared
from leadline_tui.session.building import BuildError, Prepared, build, prepare_build
from leadline_tui.session.scoring import Scored
from leadline_tui.session.targets import Order, command_line, propose_output
from leadline_tui.widgets.labelled import Labelled
from leadline_tui.widgets.target_list import TargetList

if TYPE_CHECKING:
    from leadline_tui.screens.main import MainScreen

_KEYS = "Enter builds   Tab next field   ^Y copies the command   Escape leaves"
_DETAILS = {
    "contacts_table": ("Contacts table", "contacts"),
    "events_table": ("Events table", "events"),
    "event_id": ("Event id", "none: a column in which copies of an event are the same"),
    "as_of": ("As of", "now: a day, a time, or a column with each contact's own"),
}
"""What may be asked for besides, with the words for what is usual."""


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
    CompileScreen #build-output { margin: 1 0 0 0; }
    CompileScreen #build-command { color: $text-accent; margin: 1 0 0 0; }
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
        self._prepared: Prepared | None = None
        self._has_failed = False
        self._was_warned = False
        self._is_wanted = False
        self._is_building = False
        self._proposed = ""

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False) as frame:
            frame.border_title = Text(f"Compile {picture(os.path.basename(self._rules))}", end="")
            yield Static("running the expectations …", id="build-told", markup=False)
            yield TargetList()
            yield Labelled("File", "build-output")
            for name, (label, usual) in _DETAILS.items():
                yield Labelled(label, f"build-{name}", usual)
            yield Static("", id="build-fault", markup=False)
            yield Static("", id="build-command", markup=False)
            yield Static(_KEYS, id="build-keys", markup=False)

    def on_mount(self) -> None:
        self._targets.focus()
        now = time.time_ns() // 1000

        def prepare() -> None:
            try:
                self.post_message(self.Ready(prepare_build(self._rules, self._scored, now)))
            except BuildError as error:
                self.post_message(self.Failed(error.message))

        self.run_worker(prepare, thread=True, group="build", exit_on_error=False)

    @property
    def _targets(self) -> TargetList:
        return self.query_one(TargetList)

    @property
    def _file(self) -> Labelled:
        return self.query_one("#build-output", Labelled)

    @property
    def _order(self) -> Order:
        details = {name: self.query_one(f"#build-{name}", Labelled).value for name in _DETAILS}
        return Order(self._targets.target, self._targets.engine, os.path.expanduser(self._file.value), details)

    @property
    def holds_keys(self) -> bool:
        """Whether a build has been asked for, after which the screen is another one."""
        return self._is_wanted or self._is_building

    # ---- what is told

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        self._prepared = event.prepared
        self.query_one("#build-told", Static).update(say_prepared(event.prepared))
        last = event.prepared.last
        if last is not None and self._targets.choose(last.target, last.dialect, bool(last.details.get("by_rule"))):
            for name in _DETAILS:
                self.query_one(f"#build-{name}", Labelled).field.value = last.details.get(name, "")
        self._show_target()
        if self._is_wanted:
            self._is_wanted = False
            self._build()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._has_failed = self._prepared is None
        self._is_building = self._is_wanted = False
        self._say(event.message)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Whatever goes wrong, the keys do not wait for it."""
        event.stop()
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self._failed(self.Failed(say_fault(event.worker.error)))

    def _say(self, message: str) -> None:
        fault = self.query_one("#build-fault", Static)
        fault.update(Text("\n").join(Text(picture(line)) for line in message.split("\n")))
        fault.display = bool(message)

    def _show_command(self) -> None:
        self.query_one("#build-command", Static).update(Text(f"$ {picture(self._command())}"))

    def _command(self) -> str:
        has_tests = self._prepared is not None and bool(self._prepared.expectations.count)
        return command_line(self._rules, self._order, has_tests)

    # ---- keys

    @on(TargetList.Chosen)
    def _show_target(self) -> None:
        """The fields that the target has, and the command."""
        target = self._targets.target
        for name in _DETAILS:
            self.query_one(f"#build-{name}", Labelled).display = name in target.details
        # A name that somebody typed stays.
        if self._file.value in ("", self._proposed):
            self._proposed = self._proposal()
            self._file.field.value = self._proposed
        self._show_command()

    def _proposal(self) -> str:
        """Where the target went the last time, else beside the rules."""
        last, target = self._prepared.last if self._prepared is not None else None, self._targets.target
        if last is not None and (last.target, bool(last.details.get("by_rule"))) == (target.name, target.by_rule):
            return last.output
        return propose_output(self._rules, target)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
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
        prepared, order = self._prepared, self._order
        if prepared is None:
            self._is_wanted = not self._has_failed
            return
        if not order.output:
            self._say("name the file that is to be written")
            return
        if prepared.expectations.failed and not self._was_warned:
            self._was_warned = True
            self._say("not every expectation holds: Enter once more builds all the same")
            return
        self._is_building = True

        def run() -> None:
            try:
                self.post_message(self.Built(build(self._rules, prepared, order, time.time())))
            except BuildError as error:
                self.post_message(self.Failed(error.message))

        self.run_worker(run, thread=True, group="build", exit_on_error=False)

    @on(Built)
    def _built(self, event: Built) -> None:
        self.dismiss(event.files)

    def action_copy(self) -> None:
        """Copies the command line that does the same."""
        self.app.copy_to_clipboard(self._command())
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
