"""Reads what `make_data.py` wrote and prints the time and the largest memory, without scoring anything.

python benchmarks/read_data.py /tmp/leadline-data/contacts.csv /tmp/leadline-data/events.csv
"""

from __future__ import annotations

import argparse
import resource
import sys
import time

from leadline.readers import read_contacts
from leadline_compiler.schema import EventType, Field, Kind, Property, Schema, ValueType
from leadline_compiler.zones import Zone

_TEXT, _NUMBER, _YES_NO = ValueType(Kind.TEXT), ValueType(Kind.NUMBER), ValueType(Kind.YES_NO)


def make_schema() -> Schema:
    """The fields and events of the generated data."""
    campaign = Property("campaign", _TEXT)
    return Schema(
        Zone("Asia/Tokyo"),
        "record_id",
        (
            Field("record_id", _TEXT, "Record ID"),
            Field("email", _TEXT, "Email"),
            Field("job_role", ValueType(Kind.CHOICE, ("CEO", "CMO", "Engineer", "Student", "Other"))),
            Field("employees", _NUMBER, "Number of Employees"),
            Field("country", _TEXT),
            Field("decision_maker", _YES_NO),
            Field("interests", ValueType(Kind.LIST)),
            Field("signed_up", ValueType(Kind.DATE)),
            Field("lifecycle", _TEXT),
        ),
        (
            EventType("page_view", (Property("path", _TEXT), Property("seconds", _NUMBER))),
            EventType("email_open", (campaign, Property("machine_open", _YES_NO))),
            EventType("email_click", (campaign,)),
            EventType("form_submit", (Property("form", _TEXT),)),
        ),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("contacts")
    parser.add_argument("events", nargs="?")
    options = parser.parse_args()
    start = time.perf_counter()
    with read_contacts(make_schema(), options.contacts, options.events) as stream:
        for _ in stream:
            pass
        seconds = time.perf_counter() - start
        report = stream.report
    # ru_maxrss counts KiB on Linux and bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))
    print(f"contacts {report.contacts}  events {report.events}  undeclared {sum(report.undeclared_events.values())}")
    print(f"bad values {report.bad_values}  bad rows {report.bad_rows}  repeated {report.repeated_events}")
    print(f"{seconds:.1f} s  peak {peak:.0f} MiB")


if __name__ == "__main__":
    main()
