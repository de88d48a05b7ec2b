"""The tutorial keeps its promises: short, few commands, and at its end a model of one's own that is tested.

That every command shows what the page says is tested with all other pages.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from leadline import read_rules
from leadline.commands import run
from leadline.starter import STARTER_RULES
from leadline_compiler.zones import UTC_ZONE, parse_as_of
from literate.blocks import Block, read_blocks
from literate.pages import run_page

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
TODAY = parse_as_of("2026-11-21", UTC_ZONE)


@pytest.fixture(scope="module")
def text() -> str:
    return TUTORIAL.read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    shown = "".join(block.text for block in read_blocks(text) if block.kind == "console")
    return [line.removeprefix("$ ") for line in shown.splitlines() if line.startswith("$ ")]


def versions_of(text: str, name: str) -> list[Block]:
    return [block for block in read_blocks(text) if block.options.get("file") == name]


def test_the_tutorial_has_at_most_1500_words_with_everything_that_it_shows(text: str) -> None:
    assert len(text.split()) <= 1500


def test_the_tutorial_has_at_most_12_commands(text: str) -> None:
    assert 1 <= len(commands(text)) <= 12


def test_the_tutorial_uses_every_command_of_the_first_day(text: str) -> None:
    used = {command.split()[1] for command in commands(text) if command.startswith("leadline ")}
    assert used >= {"init", "check", "score", "explain", "test", "fmt"}


def test_the_tutorial_begins_in_an_empty_folder_and_ends_with_five_own_rules(text: str, tmp_path: Path) -> None:
    page = run_page(text, tmp_path)
    assert not page.faults
    assert {path.name for path in tmp_path.iterdir()} == {"rules.lead", "samples.yaml", "contacts.csv", "events.csv"}
    model = read_rules(str(tmp_path / "rules.lead"), TODAY).model
    assert model is not None
    assert len(model.rules) == 5
    starters = {line.strip() for line in STARTER_RULES.splitlines() if line.startswith(("  +", "  -"))}
    assert not starters & {line.strip() for line in (tmp_path / "rules.lead").read_text(encoding="utf-8").splitlines()}


def test_the_expectations_of_the_tutorial_fail_before_the_last_rule_and_hold_after_it(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    *_, before, after = versions_of(text, "rules.lead")
    samples = versions_of(text, "samples.yaml")[-1]
    (tmp_path / "samples.yaml").write_text(samples.text, encoding="utf-8")
    codes = []
    for rules in (before, after):
        (tmp_path / "rules.lead").write_text(rules.text, encoding="utf-8")
        codes.append(run(["test", str(tmp_path / "rules.lead")]))
    assert codes == [1, 0], capsys.readouterr()


def test_the_files_of_the_tutorial_are_those_of_its_samples(text: str) -> None:
    contacts = versions_of(text, "contacts.csv")[-1].text
    samples = versions_of(text, "samples.yaml")[-1].text
    named = [line.split("email: ")[1] for line in samples.splitlines() if "email: " in line]
    assert len(named) == 2
    assert all(f"\n{email}," in contacts for email in named)
