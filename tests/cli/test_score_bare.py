"""`leadline score` with models that lack what most have: both engines say the same in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from literate.console import run_leadline

MODELS = {
    "nothing": "",
    "exits": 'disqualify "Big" when n > 5\nexclude "None" when n is 0\n',
    "stages": 'stage "Known" when n is known\n',
    "a score": "score fit at least 5\n",
    "a grade": 'score fit\ngrade fit\n  "A" from 0\n',
}


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
@pytest.mark.parametrize("rules", MODELS.values(), ids=MODELS)
def test_both_engines_say_the_same(rules: str, form: str, tmp_path: Path) -> None:
    (tmp_path / "x.lead").write_text(f'model "X"\ncontact\n  id: text\n  n: number\n{rules}', encoding="utf-8")
    (tmp_path / "x.csv").write_text("id,n\na,3\nb,9\nc,0\nd,\n", encoding="utf-8")
    words = ["score", "x.lead", "--contacts", "x.csv", "--as-of", "2026-11-21", "--format", form, "--engine"]
    said, code = run_leadline([*words, "python"], tmp_path)
    assert code == 0
    assert run_leadline([*words, "batch"], tmp_path) == (said, 0)
