"""A stage for the editor: apps are played on it by scripts of keys, and their screens are read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from leadline_tui.editor import LeadEditor
from leadline_tui.widgets.completion_popup import CompletionPopup

A = TypeVar("A", bound=App[Any])


def play(app: A, script: Callable[[A, Pilot[Any]], Awaitable[None]], size: tuple[int, int] = (80, 24)) -> None:
    """Runs an app in a terminal of the given columns and rows, and a script of what its user does."""

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await script(app, pilot)

    asyncio.run(run())


async def settle(pilot: Pilot[Any]) -> None:
    """Waits until the app has nothing left to do, and what was typed is checked and scored."""
    await pilot.pause()
    keys = getattr(pilot.app, "key_queue", None)
    while keys is not None and keys.is_waiting:
        await pilot.pause(0.01)
    main = pilot.app.screen_stack[0]
    while (checker := getattr(main, "checker", None)) is not None and checker.is_busy:
        await pilot.pause(0.02)
    while any(not worker.is_finished for worker in pilot.app.workers):
        # One that gives way to a newer one is cancelled while it is waited for.
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
    for _ in range(3):
        await pilot.pause()


def rows_of(app: App[Any]) -> list[str]:
    """What stands on the screen, row by row."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Presses the keys of a text."""
    from textual.keys import _character_to_key

    for character in text:
        await pilot.press("enter" if character == "\n" else _character_to_key(character))


async def burst(pilot: Pilot[Any], *keys: str) -> None:
    """Presses keys all at once, as a slow line delivers them; what begins with a quote is typed. Waits for what comes
    of all of them."""
    from textual import events
    from textual.keys import _character_to_key

    driver = pilot.app._driver
    assert driver is not None
    for key in keys:
        if key.startswith("'"):
            for character in key[1:]:
                driver.send_message(events.Key(_character_to_key(character), character))
        else:
            driver.send_message(events.Key(key, {"enter": "\r", "tab": "\t"}.get(key)))
    await settle(pilot)


class EditorApp(App[None]):
    """An app that is nothing but the editor and its proposals."""

    def __init__(self, text: str = "", read_only: bool = False) -> None:
        super().__init__()
        self.editor = LeadEditor(text, read_only=read_only)
        self.editor.popup = CompletionPopup()

    def compose(self) -> ComposeResult:
        yield self.editor
        assert self.editor.popup is not None
        yield self.editor.popup

    def on_mount(self) -> None:
        self.editor.focus()
