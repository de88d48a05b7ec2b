"""How a session begins."""

from __future__ import annotations

from leadline.sources import RulesError
from leadline_tui.session.contacts import Sources
from leadline_tui.session.files import OnDisk, read_rules
from leadline_tui.session.session import Opened, Session


def open_session(rules: str | None, contacts: str | None, events: str | None, as_of: str | None, now: int) -> Session:
    """The session for a rules file, for a new one, or for the example where neither rules nor contacts are named.

    `now` is in microseconds. Raises RulesError for a file that cannot be read, or an `as_of` that is no date.
    """
    if as_of is not None:
        from leadline.times import parse_instant

        if parse_instant(as_of) is None:
            raise RulesError(f"--as-of: `{as_of}` is no date: write it as 2026-11-21 or 2026-11-21T09:00")
    if rules is None and contacts is None:
        return open_example()
    disk = OnDisk() if rules is None else read_rules(rules)
    return Session(Opened(rules or "", disk, Sources(contacts, events, as_of=as_of, now=now)))


def open_example() -> Session:
    """The built-in example with its own contacts."""
    from leadline_tui.example import AS_OF, EXAMPLE_CONTACTS, EXAMPLE_RULES

    sources = Sources(records=EXAMPLE_CONTACTS, as_of=AS_OF)
    return Session(Opened("", OnDisk(EXAMPLE_RULES), sources, is_example=True))
