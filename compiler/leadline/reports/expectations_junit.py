"""What came of the expectations, as JUnit XML: a suite a sample file, a case a contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from leadline.render.printable import printable
from leadline.reports.expectations_text import contact_lines
from leadline.sample_runs import ContactRun, SampleRun


def expectations_junit(rules: str, runs: Sequence[SampleRun]) -> str:
    """The XML document. A contact without expectations is skipped."""
    counts = {"tests": 0, "failures": 0, "skipped": 0}
    root = ElementTree.Element("testsuites")
    for run in runs:
        found = {
            "tests": len(run.contacts),
            "failures": sum(bool(contact.failures) for contact in run.contacts),
            "skipped": sum(contact.comparison is None for contact in run.contacts),
        }
        suite = ElementTree.SubElement(root, "testsuite", _attributes(run.file, found))
        for contact in run.contacts:
            _add_case(suite, run.file, contact)
        counts = {name: counts[name] + count for name, count in found.items()}
    root.attrib.update(_attributes(rules, counts))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _add_case(suite: ElementTree.Element, file: str, contact: ContactRun) -> None:
    case = ElementTree.SubElement(
        suite, "testcase", name=_clean(contact.id), classname=_clean(file), file=_clean(file), line=str(contact.line)
    )
    if contact.comparison is None:
        ElementTree.SubElement(case, "skipped", message="the contact has no `expect`")
    elif contact.failures:
        message = "; ".join(failure.message for failure in contact.failures)
        failure = ElementTree.SubElement(case, "failure", message=_clean(message), type="expectation")
        failure.text = "\n".join(map(_clean, contact_lines(file, contact)))


def _attributes(name: str, counts: Mapping[str, int]) -> dict[str, str]:
    return {"name": _clean(name), "errors": "0", **{key: str(count) for key, count in counts.items()}}


def _clean(text: str) -> str:
    """A text that XML can carry: control characters become pictures, characters that are none a question mark."""
    return printable(text).translate({0xFFFE: "?", 0xFFFF: "?"})
