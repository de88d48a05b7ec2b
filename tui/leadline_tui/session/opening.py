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
    for path in (contacts, events):
        if path is not None:
            _require_data(path)
    disk = OnDisk() if rules is None else read_rules(rules)
    return Session(Opened(rules or "", disk, Sources(contacts, events, as_of=as_of, now=now)))


def _require_data(path: str) -> None:
    """Raises RulesError where there is no file to read: a name that was mistyped is told before the screen is taken."""
    from leadline.readers import DataError
    from leadline.readers.sources import open_source

    try:
        open_source(path).close()
    except DataError as error:
        raise RulesError(str(error)) from None


def open_example() -> Session:
    """The built-in example with its own contacts."""
    from leadline_tui.example import AS_OF, EXAMPLE_CONTACTS, EXAMPLE_RULES

    sources = Sources(records=EXAMPLE_CONTACTS, as_of=AS_OF)
    return Session(Opened("", OnDisk(EXAMPLE_RULES), sources, is_example=True))
