"""A key waits until what the keys before it have begun is done.

A dialog opens and closes, and the focus moves, some messages after the key that makes them do so. Of keys that arrive
together, as they do over a slow line, the later would go to where the earlier still were: into the text behind a
dialog, or into a dialog that is closing and hears nothing any more.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import Any, Protocol, TypeAlias, runtime_checkable

from textual import events
from textual.app import App, ScreenStackError
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

_PATIENCE = 0.02
"""Seconds after which it is asked whether what is waited for is still there."""


Typed: TypeAlias = events.Key | events.Paste


@runtime_checkable
class HoldsKeys(Protocol):
    """A screen that may be at something that a key began, of which no message tells."""

    @property
    def holds_keys(self) -> bool:
        """Whether keys are to wait for it."""


class KeyQueue:
    """Holds the keys and pastes of an app back, and sends each to the app again when its turn has come."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._waiting: deque[Typed] = deque()
        self._sent: deque[Typed] = deque()
        self._last: Typed | None = None
        self._last_place: Widget | None = None
        self._round = 0
        self._task: asyncio.Task[None] | None = None

    @property
    def is_settled(self) -> bool:
        """Whether everything that keys have begun is done; not known before there was one."""
        return self._task is not None and self._task.done() and not self._waiting

    @property
    def is_waiting(self) -> bool:
        """Whether a key has begun something that is not done."""
        return self._task is not None and not self.is_settled

    def lets_pass(self, event: events.Event) -> bool:
        """Whether it is an event's turn; one whose turn has not come is kept, and comes to the app once more."""
        assert isinstance(event, (events.Key, events.Paste)), "nothing else is held back"
        if self._sent and self._sent[0] is event:
            self._sent.popleft()
        elif not self.is_settled and (self._waiting or not self._goes_on_typing(event)):
            self._waiting.append(event)
            self._settle_soon()
            return False
        self._last, self._last_place = event, self._place()[1]
        self._round += 1
        self._settle_soon()
        return True

    def _goes_on_typing(self, event: Typed) -> bool:
        """Whether an event is one more character for the field that the last one was for."""
        place = self._place()[1]
        is_same = place is not None and place is self._last_place and isinstance(place, (Input, TextArea))
        return is_same and _types(event) and self._last is not None and _types(self._last)

    def _settle_soon(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._settle())

    async def _settle(self) -> None:
        """Waits until all is quiet, sends what waits, and so on until nothing waits any more."""
        while True:
            begun = self._round, self._place()
            for node in self._nodes():
                # What a node does with a message may be one more message to itself.
                await _reach(node)
                await _reach(node)
            if (self._round, self._place()) != begun or self._sent:
                continue
            screen = begun[1][0]
            if isinstance(screen, HoldsKeys) and screen.holds_keys and self._app.is_running:
                await asyncio.sleep(_PATIENCE)
                continue
            if not self._waiting or not self._app.is_running:
                return
            self._send()

    def _send(self) -> None:
        """Sends the next event, and the characters that follow a character."""
        event = self._waiting.popleft()
        self._hand_over(event)
        while _types(event) and self._waiting and _types(self._waiting[0]) and self._is_in_field():
            self._hand_over(self._waiting.popleft())

    def _hand_over(self, event: Typed) -> None:
        self._sent.append(event)
        self._app.post_message(event)

    def _is_in_field(self) -> bool:
        return isinstance(self._place()[1], (Input, TextArea))

    def _place(self) -> tuple[Screen[Any] | None, Widget | None]:
        try:
            return self._app.screen, self._app.focused
        except ScreenStackError:
            return None, None

    def _nodes(self) -> Iterator[DOMNode]:
        """The way that a message takes from the focus up."""
        screen, focused = self._place()
        if focused is not None:
            yield from focused.ancestors_with_self
        else:
            yield from (screen, self._app) if screen is not None else (self._app,)


def _types(event: Typed) -> bool:
    return isinstance(event, events.Key) and event.is_printable


async def _reach(node: DOMNode) -> None:
    """Waits until a node has worked off what was sent to it, or is gone."""
    reached = asyncio.Event()
    if not node.call_later(reached.set):
        return
    while not reached.is_set() and (node.is_attached or isinstance(node, App)) and node.is_running:
        try:
            await asyncio.wait_for(reached.wait(), _PATIENCE)
        except TimeoutError:
            continue
