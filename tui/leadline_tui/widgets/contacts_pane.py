"""The contacts with a filter and an order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from leadline_tui.editor.ordered_keys import OrderedInput
from leadline_tui.session.listing import NOBODY, ORDERS, Listing, Order, choose
from leadline_tui.session.scoring import Standing
from leadline_tui.widgets.contacts_table import ContactsTable


class ContactsPane(Vertical):
    """`/` filters by id, stage, status or grade, `s` goes through the orders."""

    HELP = "contacts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", show=False, id="contacts.filter"),
        Binding("s", "sort", "Sort", show=False, id="contacts.sort"),
        Binding("escape", "clear", "Show all", show=False, id="contacts.clear"),
    ]
    DEFAULT_CSS = """
    ContactsPane { height: 1fr; }
    ContactsPane #contacts-filter { display: none; border: none; height: 1; padding: 0 1; background: $boost; }
    ContactsPane #contacts-filter.-open { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(id="contacts", classes="pane")
        self._listing = NOBODY
        self._pinned: int | None = None
        self._order: Order = ORDERS[0]
        self._note = ""
        self._otherwise = ""

    def compose(self) -> ComposeResult:
        yield OrderedInput(placeholder="filter: part of an id, a stage, a grade", id="contacts-filter", compact=True)
        yield ContactsTable()

    @property
    def table(self) -> ContactsTable:
        return self.query_one(ContactsTable)

    @property
    def is_filtering(self) -> bool:
        """Whether one is typing into the filter."""
        return self.query_one("#contacts-filter", Input).has_focus

    def tell(self, listing: Listing, pinned: int | None) -> None:
        """Shows contacts, and which of them is pinned, by its place among all."""
        self._listing, self._pinned = listing, pinned
        self._show()

    def tell_some(self, standings: Mapping[int, Standing]) -> None:
        """Shows other standings of some contacts, by place; they stay where they are until all are known."""
        self.table.tell_some(standings)

    def tell_none(self, why: str) -> None:
        """Says why there are no contacts."""
        self._otherwise = why
        self.tell(NOBODY, None)

    def note(self, note: str) -> None:
        """A few words for the title: what could not be read, what is left out."""
        self._note = note
        self._title(len(self._listing.rows))

    def _show(self) -> None:
        wanted = self.query_one("#contacts-filter", Input).value
        rows = choose(self._listing, wanted, self._order)
        why = self._otherwise if not self._listing.rows else "no contact fits the filter: Escape shows all"
        self.table.tell(rows, self._listing, self._pinned, why)
        self._title(len(rows))

    def _title(self, shown: int) -> None:
        count = len(self._listing.rows)
        parts = [f"Contacts {shown:,}" + (f" of {count:,}" if shown != count else "")]
        parts.append(self._order if self._order == ORDERS[0] else f"by {self._order}")
        if self._note:
            parts.append(self._note)
        self.border_title = Text(" · ".join(parts), end="")

    def action_filter(self) -> None:
        field = self.query_one("#contacts-filter", Input)
        field.add_class("-open")
        field.focus()

    def action_clear(self) -> None:
        field = self.query_one("#contacts-filter", Input)
        field.value = ""
        field.remove_class("-open")
        self.table.focus()

    def action_sort(self) -> None:
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value:
            event.input.remove_class("-open")
        self.table.focus()
