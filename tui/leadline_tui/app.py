"""The app: composition, themes, and how it ends."""

from __future__ import annotations

import asyncio
import signal
from functools import partial
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from leadline_tui import clipboard
from leadline_tui.crash import describe_crash
from leadline_tui.key_queue import KeyQueue
from leadline_tui.palette import Run, offer_commands
from leadline_tui.safe import picture
from leadline_tui.screens.layout import LAYOUT_CSS
from leadline_tui.screens.main import MainScreen
from leadline_tui.screens.picking import PickScreen
from leadline_tui.screens.showing import show_all
from leadline_tui.session import memory, recovery
from leadline_tui.session.session import Session
from leadline_tui.themes import DARK, THEMES

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


class LeadlineApp(App[int]):
    """Edits one rules file. What is not saved is kept, whichever way it ends."""

    TITLE = "leadline"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="quit"),
        Binding("ctrl+p", "palette", "All actions by name", show=False, priority=True, id="palette"),
    ]
    CSS = LAYOUT_CSS

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.key_queue = KeyQueue(self)
        for theme in THEMES:
            self.register_theme(theme)
        known = memory.theme()
        self.theme = known if known in self.available_themes else DARK.name

    def get_default_screen(self) -> Screen[Any]:
        return MainScreen(self.session)

    @property
    def main(self) -> MainScreen:
        """The screen that all questions lie over."""
        screen = self.screen_stack[0]
        assert isinstance(screen, MainScreen), "there is no other default screen"
        return screen

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        loop = asyncio.get_running_loop()
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and not self.is_headless:
                loop.add_signal_handler(number, self._end, number)

    def _theme_changed(self, theme: Theme) -> None:
        if theme.name != (memory.theme() or DARK.name):
            memory.remember_theme(theme.name)
        # Texts have their colours from when they were made.
        show_all(self.main)

    async def on_event(self, event: events.Event) -> None:
        """As everywhere, but that keys wait for what the keys before them have begun."""
        is_new = isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded
        if not is_new or self.key_queue.lets_pass(event):
            await super().on_event(event)

    def action_help_quit(self) -> None:
        """Ctrl+C where there is nothing to copy: many a program ends with it."""
        self.notify("nothing is selected that could be copied; Ctrl+Q quits", timeout=3)

    def action_palette(self) -> None:
        """Offers every action by name."""
        if not isinstance(self.screen, MainScreen):
            return

        async def run(chosen: Run | None) -> None:
            if chosen is not None:
                await chosen()

        screen: PickScreen[Run] = PickScreen("Actions", "part of a name", partial(offer_commands, self))
        self.push_screen(screen, run)

    # ---- how it ends

    def _end(self, number: int) -> None:
        """Ends at once, as the system asks; what is not saved is kept."""
        self.main.keeper.keep_now()
        self.exit(128 + number, return_code=128 + number)

    async def action_quit(self) -> None:
        """Leaves, once it is settled what becomes of changes that are not saved. What lies over the text is closed."""
        # To wait for it here would be to wait for oneself.
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.main.keeper.quit(lambda: self.exit(0))

    def on_app_focus(self, event: events.AppFocus) -> None:
        if isinstance(self.screen, MainScreen):
            self.main.keeper.look_outside()

    def on_app_blur(self, event: events.AppBlur) -> None:
        self.main.keeper.keep_now()

    def _handle_exception(self, error: Exception) -> None:
        """Says where the fault is without a word of the data; the toolkit would show what variables hold."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        is_kept = self.session.is_changed and self._keep_at_last()
        kept = str(recovery.path_of(self.session.path)) if is_kept else None
        self._exit_renderables.append(Text(picture_lines(describe_crash(error, kept))))
        self._close_messages_no_wait()

    def _keep_at_last(self) -> bool:
        try:
            self.main.keeper.keep_now()
        except Exception:  # whatever is broken, the fault that is told is the first one
            return False
        return self.session.is_kept

    def copy_to_clipboard(self, text: str) -> None:
        """Copies, also where the terminal does not pass on what programs send it."""
        super().copy_to_clipboard(text)
        self.run_worker(lambda: clipboard.copy(text), thread=True, group="clipboard", exit_on_error=False)


def picture_lines(text: str) -> str:
    return "\n".join(map(picture, text.split("\n")))
