"""Readers of contacts and events: CSV, TSV, JSON, JSON Lines, YAML, and with extras Parquet and Excel."""

from leadline.readers.joining import Progress
from leadline.readers.problems import BAD_ROW, BAD_VALUE, DataError, DataReport, MissingColumn, Problem
from leadline.readers.samples import Sample, Samples, read_samples
from leadline.readers.single import ContactConverter, convert_contact
from leadline.readers.stream import ContactStream, read_contacts

__all__ = [
    "BAD_ROW",
    "BAD_VALUE",
    "ContactConverter",
    "ContactStream",
    "DataError",
    "DataReport",
    "MissingColumn",
    "Problem",
    "Progress",
    "Sample",
    "Samples",
    "convert_contact",
    "read_contacts",
    "read_samples",
]
