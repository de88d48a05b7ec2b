"""Readers of contacts and events: CSV, TSV, JSON, JSON Lines, YAML, and with extras Parquet and Excel."""

from leadline.readers.joining import Progress
from leadline.readers.problems import BAD_ROW, BAD_VALUE, DataError, DataReport, MissingColumn, Problem
from leadline.readers.samples import Sample, Samples, read_samples
from leadline.readers.single import ContactConverter, convert_contact
from leadline.readers.stream import ContactStream, read_contacts
from leadline_compiler.contacts import Contact, Event
from leadline_compiler.schema import Schema

__all__ = [
    "BAD_ROW",
    "BAD_VALUE",
    "Contact",
    "ContactConverter",
    "ContactStream",
    "DataError",
    "DataReport",
    "Event",
    "MissingColumn",
    "Problem",
    "Progress",
    "Sample",
    "Samples",
    "Schema",
    "convert_contact",
    "read_contacts",
    "read_samples",
]
