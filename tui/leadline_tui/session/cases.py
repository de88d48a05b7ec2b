"""What if: contacts as they might be, each with the changes that were typed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leadline_tui.session.contacts import RawForm
from leadline_tui.session.scoring import Scored, Standing, standing_of

if TYPE_CHECKING:
    from leadline.what_if import Case


@dataclass(frozen=True, slots=True)
class Supposed:
    """A contact as it might be, in the form that scorers take, and how it would stand."""

    case: Case
    raw: Mapping[str, Any]
    standing: Standing


class Cases:
    """Keeps changes by contact. They outlive changes of the rules as far as they fit; nothing of them is saved."""

    def __init__(self) -> None:
        self._changes: dict[str, tuple[str, ...]] = {}
        self._made: tuple[Scored, str, tuple[str, ...], Supposed] | None = None

    def changes_of(self, contact: str) -> tuple[str, ...]:
        """What is supposed of a contact, as it was typed."""
        return self._changes.get(contact, ())

    def add(self, scored: Scored, place: int, text: str) -> None:
        """Supposes something more of the contact at a place. Raises leadline.what_if.ChangeError."""
        from leadline.what_if import case_of, change_case, replay

        contact = scored.contacts.typed[place]
        schema = scored.contacts.schema
        case = replay(case_of(contact, scored.contacts.as_of), self.changes_of(contact.id), schema)
        self._changes[contact.id] = change_case(case, text, schema).changes

    def take_back(self, contact: str) -> bool:
        """Takes the last change of a contact back; answers whether there was one."""
        changes = self._changes.pop(contact, ())
        if len(changes) > 1:
            self._changes[contact] = changes[:-1]
        return bool(changes)

    def clear(self, contact: str) -> None:
        """The contact as it is."""
        self._changes.pop(contact, None)

    def supposed(self, scored: Scored, place: int) -> Supposed | None:
        """The contact at a place as it might be; None where nothing is supposed of it."""
        contact = scored.contacts.typed[place]
        changes = self.changes_of(contact.id)
        if not changes:
            return None
        made = self._made
        if made is None or made[0] is not scored or made[1:3] != (contact.id, changes):
            made = self._made = (scored, contact.id, changes, _suppose(scored, place, changes))
        return made[3]


def _suppose(scored: Scored, place: int, changes: tuple[str, ...]) -> Supposed:
    from leadline.what_if import case_of, replay

    contacts = scored.contacts
    case = replay(case_of(contacts.typed[place], contacts.as_of), changes, contacts.schema)
    raw = RawForm(contacts.schema).write(case.contact)
    return Supposed(case, raw, standing_of(scored.scorer.score(raw, case.as_of)))
