"""A case that is kept changes nothing else: the file without what was put in is the file as it was."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import leadline
from leadline.kept_cases import keep_case
from leadline.readers import Samples, convert_contact, read_samples
from leadline.sample_runs import run_samples
from leadline_compiler.interpreter import interpret
from leadline_compiler.zones import DAY, parse_as_of

_MODEL = leadline.check("""\
model "Shop", time zone "Asia/Tokyo"
contact
  staff: number
  note: text
  tags: list of text
  since: date
events
  visit with path: text
score fit
  +10 "Staff" when staff >= 25
  +3 "Noted" when note is known
  +2 "New" when days since since < 30
score interest
  +5 "Visited" for each visit where path is known in the last 30 days, halving every 10 days
grade total
  "A" from 10
stage "Warm" when total >= 10
""").model
assert _MODEL is not None
_AS_OF = parse_as_of("2026-11-21", _MODEL.zone) or 0

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
cases = st.fixed_dictionaries(
    {"id": st.sampled_from(["ann", "bob", "new one", "null", "7", "a: b", "#x", "ünï", "- a", "[x]"])},
    optional={
        "staff": st.sampled_from([0, 12.5, 25, -3]),
        "note": texts,
        "tags": st.lists(st.sampled_from(["a", "b c", "x,y", "{", '"'])),
        "since": st.sampled_from(["2026-11-01", "2026-11-01T10:20:30.000004", "2020-02-29"]),
        "events": st.lists(
            st.fixed_dictionaries(
                {"event": st.just("visit"), "at": st.sampled_from(["2026-11-20", "2026-11-02T08:09:10"])},
                optional={"path": texts},
            ),
            max_size=3,
        ),
    },
)

comments = st.sampled_from(["", "  # a word", "   #", " # } ] : -"])
items = st.sampled_from(
    [
        ["- id: {}", "  staff: 3"],
        [
            "- id: {}   # who",
            "  # between",
            "",
            "  events:",
            "  - visit: {{path: /a}}",
            "    days ago: 3",
            "  expect: {{total: 5}}",
        ],
        ["- {{id: {}, staff: 40, expect: {{stage: Warm}}}}"],
        ["-   id: {}", "    note: |", "      a", "", "      b", ""],
        ["- id: {}", "  note: >-", "    folded", "    text"],
        ["-", "  id: {}", "  staff: 1"],
        ["- id: {}", "  expect:", "    total: 0", "    stage:"],
        ["- &one{} {{id: {}}}"],
        ['- {{"id": "{}", "note": "x # y"}}'],
    ]
)


@st.composite
def yaml_files(draw: st.DrawFn) -> str:
    """Sample files as people lay them out, and as nobody would."""
    indent = " " * draw(st.sampled_from([0, 2, 4]))
    lines = draw(st.lists(st.sampled_from(["# top", "", "---"]), max_size=2, unique=True))
    lines += draw(st.sampled_from([["as of: 2026-11-21"], ["as of: 2026-12-01T09:00  # then"]]))
    tail = draw(st.sampled_from([[], ["# end"], ["", "", "  # end"], ["other: 3"], ["..."]]))
    shape = draw(st.sampled_from(["block", "flow", "flow lines", "nothing", "empty"]))
    names = [f"n{number}" for number in range(draw(st.integers(1, 3)))]
    if shape == "block":
        lines.append(f"contacts:{draw(comments)}")
        for name in names:
            lines += [f"{indent}{line}" if line else "" for line in (row.format(name, name) for row in draw(items))]
            lines += draw(st.sampled_from([[], [""], [f"{indent}# behind"]]))
    elif shape == "flow":
        lines.append(f"contacts: [{', '.join(f'{{id: {name}}}' for name in names)}]{draw(comments)}")
    elif shape == "flow lines":
        comma = draw(st.sampled_from(["", ","]))
        lines += ["contacts: [", ",\n".join(f"  {{id: {name}}}" for name in names) + comma, "]"]
    else:
        lines.append("contacts:" if shape == "nothing" else "contacts: []")
    text = "\n".join([*lines, *tail]) + draw(st.sampled_from(["", "\n", "\n\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@st.composite
def json_files(draw: st.DrawFn) -> str:
    """JSON of any layout."""
    contacts = [{"id": f"n{number}", "staff": number} for number in range(draw(st.integers(0, 3)))]
    whole: Any = draw(st.sampled_from([contacts, {"as of": "2026-11-21", "contacts": contacts, "x": [1]}]))
    text = json.dumps(whole, indent=draw(st.sampled_from([None, 1, 2, 4, "\t"])))
    return (text + draw(st.sampled_from(["", "\n"]))).replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def without(new: bytes, old: bytes) -> bytes:
    """What has to be cut out of one text in one piece for the other to be left."""
    length = len(new) - len(old)
    cuts = (at for at in range(len(old) + 1) if new[:at] + new[at + length :] == old)
    return old if next(cuts, None) is not None else new


def told(samples: Samples) -> list[Any]:
    return [(sample.contact, sample.raw, sample.expect) for sample in samples.samples]


def check(name: str, old: bytes, contact: Any, days: int) -> None:
    assert _MODEL is not None
    as_of = _AS_OF + days * DAY
    outcome = interpret(_MODEL, convert_contact(_MODEL.schema, contact, as_of=as_of)[0], as_of)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(old)
        before = read_samples(_MODEL.schema, str(path), default_as_of=as_of)
        kept = keep_case(str(path), outcome, as_of)
        new = path.read_bytes()
        after = read_samples(_MODEL.schema, str(path), default_as_of=as_of)
        assert without(new, old) == old
        assert told(after)[:-1] == told(before)
        assert after.samples[-1].contact.id == kept.id
        assert after.samples[-1].expect["total"] == str(outcome.total / 1000).removesuffix(".0")
        run = run_samples(_MODEL, after, as_of if after.as_of is None else after.as_of)
        assert not run.contacts[-1].failures
        assert path.with_name(f".{name}.bak").read_bytes() == old


@settings(max_examples=150, deadline=None)
@given(yaml_files(), cases, st.sampled_from([0, 0, 14]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_case_kept_in_yaml_leaves_every_other_byte(text: str, contact: Any, days: int, encoding: str) -> None:
    check("samples.yaml", text.encode(encoding), contact, days)


@settings(max_examples=60, deadline=None)
@given(json_files(), cases)
def test_a_case_kept_in_json_leaves_every_other_byte(text: str, contact: Any) -> None:
    check("samples.json", text.encode(), contact, 0)
