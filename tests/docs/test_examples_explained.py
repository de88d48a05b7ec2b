"""Every contact of every example: eight lines of its explanation say what came out and the three largest reasons."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

import leadline
from leadline.readers import read_contacts, read_samples
from leadline.reports import Explanation, explain_outcome, print_explanation
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.numbers import write_points
from leadline_compiler.zones import parse_as_of

EXAMPLES = Path(__file__).parents[2] / "examples"
MODELS = sorted(EXAMPLES.rglob("rules.lead"))


def explained(rules: Path, model: Model) -> Iterator[Explanation]:
    """The contacts of the data beside the rules or above them, and the sample contacts."""
    as_of = parse_as_of("2026-11-21", model.zone)
    for folder in (rules.parent, rules.parent.parent):
        data = next(folder.glob("contacts.*"), None)
        if data is not None and EXAMPLES in folder.parents:
            events = next(folder.glob("events.csv"), None)
            with read_contacts(model.schema, str(data), str(events) if events else None, as_of=as_of) as stream:
                assert stream.as_of is not None
                for contact in stream:
                    yield explain_outcome(interpret(model, contact, stream.as_of))
            break
    for file in sorted(rules.parent.glob("*.yaml")):
        samples = read_samples(model.schema, str(file), default_as_of=as_of)
        for sample in samples.samples:
            assert samples.as_of is not None
            yield explain_outcome(interpret(model, sample.contact, samples.as_of))


def first_lines(explanation: Explanation) -> list[str]:
    stream = io.StringIO()
    print_explanation(explanation, Console(file=stream, width=80, _environ={}))
    return stream.getvalue().split("\n")[:8]


@pytest.mark.parametrize("rules", MODELS, ids=lambda path: str(path.parent.relative_to(EXAMPLES)))
def test_eight_lines_hold_the_sentence_and_the_three_largest_reasons(rules: Path) -> None:
    model = leadline.read_rules(str(rules)).model
    assert model is not None
    checked = 0
    for explanation in explained(rules, model):
        lines = first_lines(explanation)
        text = " ".join(" ".join(lines).split())
        assert text.startswith(" ".join(explanation.sentence.split()))
        assert "…" not in text, "\n".join(lines)
        for line in explanation.reasons[:3]:
            points = re.escape(write_points(line.points)) if line.points < 0 else rf"\+{write_points(line.points)}"
            assert re.search(rf"^ *{points}  {re.escape(line.rule)}", "\n".join(lines), re.MULTILINE), "\n".join(lines)
        checked += 1
    assert checked
