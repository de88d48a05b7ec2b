"""Diagnostics for programs: JSON, SARIF and the workflow commands of GitHub."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

import leadline
from leadline.render import render_github, render_json, render_sarif
from leadline.render.as_json import json_text
from leadline_dsl.codes import CODES
from leadline_dsl.diagnostics import Diagnostic, Edit, Label, Severity, apply_edits
from leadline_dsl.source import Source, Span
from unit.render.scenes import SCENES, finding, sources_of, span_of

Golden = Callable[[str, str], None]


def everything() -> tuple[list[Diagnostic], dict[str, Source]]:
    """All scenes in one run."""
    scenes = [scene() for scene in SCENES.values()]
    return [found for diagnostics, _ in scenes for found in diagnostics], {
        name: source for _, sources in scenes for name, source in sources.items()
    }


def results() -> list[dict[str, Any]]:
    log: dict[str, Any] = json.loads(render_sarif(*everything()))
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


def edited_by_columns(text: str, edits: list[Mapping[str, Any]]) -> str:
    """Applies edits as a script would that knows lines and columns only."""
    lines = re.split(r"(?<=\n)", text)
    for edit in sorted(edits, key=lambda edit: (edit["line"], edit["column"]), reverse=True):
        before = "".join(lines[: edit["line"] - 1]) + lines[edit["line"] - 1][: edit["column"] - 1]
        after = lines[edit["end_line"] - 1][edit["end_column"] - 1 :] + "".join(lines[edit["end_line"] :])
        lines = re.split(r"(?<=\n)", before + edit["text"] + after)
    return "".join(lines)


def test_json_says_everything(golden: Golden) -> None:
    golden("render/json.txt", render_json(*everything()))


def test_github_gets_one_command_a_finding(golden: Golden) -> None:
    golden("render/github.txt", render_github(*everything()))


def test_sarif_says_everything(golden: Golden) -> None:
    # An index moves whenever a code is added; that it is right is tested below.
    lines = [json_text({key: result[key] for key in result if key != "ruleIndex"}) for result in results()]
    golden("render/sarif.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("render", [render_json, render_sarif])
def test_evidence_keeps_numbers_that_no_float_has(render: Callable[..., str]) -> None:
    text = 'model "M"\ncontact\n  id: text\n  size: number\nscore s\n  +3 "V" when size < 0\n  -1 "W" when size <= 0\n'
    report = leadline.check(text, logic=True)
    assert any(item.evidence for item in report.diagnostics)
    assert re.search(r'"size": -0\.000001\b', render(report.diagnostics, report.sources))


def test_no_findings_are_an_empty_list() -> None:
    assert json.loads(render_json([], {})) == []
    assert render_github([], {}) == ""
    assert json.loads(render_sarif([], {}))["runs"][0]["results"] == []


def test_json_holds_texts_unchanged_and_prints_no_control_character() -> None:
    nasty = "\x1b[2J \x9b \u202e \ud800 \x00 日本"
    text = render_json([finding("syntax", nasty, "a.lead", Span(0, 0), nasty)], sources_of(a=""))
    assert json.loads(text)[0]["message"] == nasty
    assert "日本" in text
    assert all(char.isprintable() for char in text.replace("\n", ""))
    text.encode()


def test_findings_come_file_by_file_and_top_down() -> None:
    sources = sources_of(b="x\ny\n", a="x\ny\n")
    places = [("a.lead", 2), ("b.lead", 2), ("elsewhere.lead", 0), ("a.lead", 0), ("b.lead", 0)]
    diagnostics = [finding("syntax", "m", file, Span(at, at + 1)) for file, at in places]
    listed = json.loads(render_json(diagnostics, sources))
    assert [(found["file"], found["line"]) for found in listed] == [
        ("b.lead", 1),
        ("b.lead", 2),
        ("a.lead", 1),
        ("a.lead", 2),
        ("elsewhere.lead", 1),
    ]


def test_a_script_that_applies_the_edits_by_column_gets_the_same_text() -> None:
    text = '会社\r\n"👩‍💻" or b\rc\u2028d\x0b\r\nend'
    edits = (Edit(span_of(text, "b\rc"), "(B\n)"), Edit(span_of(text, "d\x0b\r\n"), ""), Edit(Span(0, 0), "😀"))
    found = Diagnostic("syntax", Severity.ERROR, "m", Span(0, 1), "a.lead", edits=edits)
    [listed] = json.loads(render_json([found], sources_of(a=text)))
    assert edited_by_columns(text, listed["edits"]) == apply_edits(text, edits)


def test_only_newlines_end_a_line() -> None:
    text = "a\rb\x0b\x0c\x85\u2028\u2029c\nd"
    [listed] = json.loads(render_json([finding("syntax", "m", "a.lead", span_of(text, "c"))], sources_of(a=text)))
    assert (listed["line"], listed["column"], listed["end_line"], listed["end_column"]) == (1, 9, 1, 10)


def test_sarif_lists_every_code_as_a_rule_and_every_result_points_at_its_own() -> None:
    log = json.loads(render_sarif(*everything()))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["name"] for rule in rules] == list(CODES)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_has_what_the_standard_requires_of_results() -> None:
    for result in results():
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        places = result["locations"] + result.get("relatedLocations", [])
        changes = [change for fix in result.get("fixes", []) for change in fix["artifactChanges"]]
        regions = [place["physicalLocation"].get("region") for place in places]
        for change in changes:
            assert change["replacements"]
            regions += [replacement["deletedRegion"] for replacement in change["replacements"]]
        for region in filter(None, regions):
            assert min(region.values()) >= 1
            assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        ids = [place["id"] for place in result.get("relatedLocations", [])]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("rules/b2b.lead", "rules/b2b.lead"),
        ("規則 1.lead", "%E8%A6%8F%E5%89%87%201.lead"),
        ("a:b.lead", "a%3Ab.lead"),
        ("/srv/b2b.lead", "file:///srv/b2b.lead"),
        ("C:\\rules\\b2b.lead", "file:///C:/rules/b2b.lead"),
        ("\ud800.lead", "%3F.lead"),
    ],
)
def test_sarif_names_files_by_uri(file: str, uri: str) -> None:
    log = json.loads(render_sarif([finding("syntax", "m", file, Span(0, 0))], {}))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": uri}}


def test_github_commands_stay_on_their_line_and_escape_what_would_end_a_property() -> None:
    found = finding("unused-list", "50% of\r\n::error::x", "a,b:c%.lead", Span(0, 1), "one\ntwo")
    assert render_github([found], {"a,b:c%.lead": Source("a,b:c%.lead", "xy")}) == (
        "::notice file=a%2Cb%3Ac%25.lead,line=1,endLine=1,col=1,endColumn=2,title=LL402 unused-list"
        "::50%25 of␍␊::error::x%0Ahelp: one%0Atwo\n"
    )


def test_github_gets_no_columns_for_several_lines_since_it_refuses_them() -> None:
    text = "a\nbc\nd\n"
    found = finding("syntax", "m", "a.lead", span_of(text, "a\nbc\n"))
    assert render_github([found], sources_of(a=text)).startswith("::error file=a.lead,line=1,endLine=2,title=")


def test_a_label_in_another_file_has_the_lines_of_that_file() -> None:
    sources = sources_of(a="x", b="\n\n  y")
    found = Diagnostic("syntax", Severity.ERROR, "m", Span(0, 1), "a.lead", (Label("there", Span(4, 5), "b.lead"),))
    [listed] = json.loads(render_json([found], sources))
    assert listed["related"] == [
        {"message": "there", "file": "b.lead", "line": 3, "column": 3, "end_line": 3, "end_column": 4}
    ]
