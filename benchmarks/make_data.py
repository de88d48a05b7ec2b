"""Writes contacts and events of any number, the same ones for the same seed.

    python benchmarks/make_data.py --contacts 1000000 --events 14000000 --out /tmp/leadline-data

The fields are those of the example in docs: a B2B product with page views, mails, forms and meetings. Events
stand in no order, a few contacts have most of them, and `--faults` spoils that share of the rows.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

CONTACT_COLUMNS = (
    "Record ID",
    "Email",
    "job_role",
    "Number of Employees",
    "country",
    "decision_maker",
    "interests",
    "signed_up",
    "lifecycle",
)
EVENT_COLUMNS = ("contact", "event", "at", "path", "seconds", "campaign", "machine_open", "form", "id")
_LAST_DAY = date(2026, 11, 21)
_BATCH = 50_000
_ROLES = ("CEO", "CMO", "Engineer", "Student", "Other", "")
_COUNTRIES = ("US", "UK", "JP", "DE", "FR", "日本", "")
_DOMAINS = ("acme.example", "gmail.com", "yahoo.co.jp", "beispiel.example", "初め.example")
_INTERESTS = ("", "crm", "crm;email", "analytics;crm;scoring")
_LIFECYCLES = ("lead", "lead", "lead", "customer", "")
_PATHS = ("/pricing", "/pricing/teams", "/careers", "/blog/one", "/blog/two", "/", "/docs", "/about")
_FORMS = ("demo", "webinar", "checklist")
_EVENTS = ("page_view", "page_view", "page_view", "email_open", "email_open", "email_click", "form_submit", "other")


def main() -> None:
    """Writes `contacts.csv` and `events.csv`, or with `--format jsonl` one file with nested events."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contacts", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=140_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0.0, help="share of rows with something wrong, 0 to 1")
    parser.add_argument("--format", choices=("csv", "jsonl"), default="csv")
    parser.add_argument("--out", type=Path, default=Path("/tmp/leadline-data"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    contacts = make_contacts(options.contacts, options.seed, options.faults)
    events = make_events(options.contacts, options.events, options.seed, options.faults)
    if options.format == "jsonl":
        _write_nested(options.out / "contacts.jsonl", contacts, events)
    else:
        _write_table(options.out / "contacts.csv", CONTACT_COLUMNS, contacts)
        _write_table(options.out / "events.csv", EVENT_COLUMNS, events)


def make_contacts(count: int, seed: int, faults: float) -> Iterator[tuple[str, ...]]:
    """The cells of `count` contacts."""
    rng = random.Random(f"contacts {seed}")
    for number in range(count):
        name = f"person{number}"
        yield (
            str(1_000_000 + number),
            f"{name}@{rng.choice(_DOMAINS)}",
            "Emperor" if rng.random() < faults else rng.choice(_ROLES),
            "" if rng.random() < 0.2 else str(int(rng.paretovariate(0.8))),
            rng.choice(_COUNTRIES),
            rng.choice(("yes", "no", "")),
            rng.choice(_INTERESTS),
            (_LAST_DAY - timedelta(days=rng.randrange(900))).isoformat(),
            rng.choice(_LIFECYCLES),
        )


def make_events(contacts: int, count: int, seed: int, faults: float) -> Iterator[tuple[str, ...]]:
    """The cells of `count` events, in no order."""
    rng = random.Random(f"events {seed}")
    days = [(_LAST_DAY - timedelta(days=back)).isoformat() for back in range(400)]
    times = [f"T{hour:02}:{minute:02}:{(hour * minute) % 60:02}Z" for hour in range(24) for minute in range(60)]
    for start in range(0, count, _BATCH):
        size = min(_BATCH, count - start)
        kinds, dates, clock = rng.choices(_EVENTS, k=size), rng.choices(days, k=size), rng.choices(times, k=size)
        for number, kind, day, time in zip(range(start, start + size), kinds, dates, clock, strict=True):
            share = rng.random()
            contact = str(1_000_000 + int(contacts * share * share))
            if faults and rng.random() < faults:
                contact, day = rng.choice((("nobody", day), (contact, "someday")))
            yield contact, kind, day + time, *_properties(kind, share, number), f"e{number}"


def _properties(kind: str, share: float, number: int) -> tuple[str, str, str, str, str]:
    match kind:
        case "page_view":
            return _PATHS[number % 8], str(number % 300), "", "", ""
        case "email_open":
            return "", "", f"campaign {number % 50}", "yes" if share < 0.1 else "no", ""
        case "email_click":
            return "", "", f"campaign {number % 50}", "", ""
        case "form_submit":
            return "", "", "", "", _FORMS[number % 3]
        case _:
            return "", "", "", "", ""


def _write_table(path: Path, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _write_nested(path: Path, contacts: Iterator[tuple[str, ...]], events: Iterator[tuple[str, ...]]) -> None:
    """All events are in memory here, sorted by contact: for up to a few million of them."""
    grouped = {contact: list(group) for contact, group in groupby(sorted(events), key=lambda event: event[0])}
    with path.open("w", encoding="utf-8") as file:
        for cells in contacts:
            record: dict[str, object] = {name: cell for name, cell in zip(CONTACT_COLUMNS, cells, strict=True) if cell}
            record["events"] = [
                {name: cell for name, cell in zip(EVENT_COLUMNS[1:], event[1:], strict=True) if cell}
                for event in grouped.get(cells[0], ())
            ]
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
