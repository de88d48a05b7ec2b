"""The JavaScript runtime reads and reckons as the language does; one process of Node for each test."""

from __future__ import annotations

import json
import unicodedata
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

import leadline_compiler.emit.runtime as runtime
from conformance.javascript import run_script
from leadline.readers.columns import Place, column_reader
from leadline.readers.headings import normalise_heading
from leadline_compiler import numbers
from leadline_compiler.decays import left_after
from leadline_compiler.emit.zone_table import zone_table
from leadline_compiler.model import Decay
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold
from leadline_compiler.values import BAD
from leadline_compiler.zones import Duration, Unit, Zone
from unit.emit.raw_values import HEADINGS, RAW
from unit.emit.zone_walls import ZONES, some_walls

FOLDER = Path(runtime.__file__).parent / "javascript"


def zone_of(name: str) -> str:
    """The zone as the runtime has it."""
    table = zone_table(name)
    return f"new moments.Zone({table.first}, {list(table.changes)}, {list(table.offsets)}, {table.regular})"


def run(tmp_path: Path, script: str, data: Any) -> Any:
    """What a script makes of `data`: it sets `answer`, in which whole numbers may be of any size."""
    (tmp_path / "data.json").write_text(json.dumps(data), encoding="utf-8")
    imports = "".join(
        f"import * as {path.stem} from {json.dumps(path.as_uri())};\n" for path in sorted(FOLDER.glob("*.mjs"))
    )
    written = run_script(
        f"""import {{ readFileSync }} from "node:fs";
{imports}
const whole = (text) => integers.exact(BigInt(text));
const data = JSON.parse(readFileSync({json.dumps(str(tmp_path / "data.json"))}, "utf8"));
{script}
console.log(JSON.stringify(answer, (_, value) => (typeof value === "bigint" ? {{ big: String(value) }} : value)));
""",
        tmp_path,
    )
    return json.loads(written, object_hook=lambda value: int(value["big"]) if set(value) == {"big"} else value)


def test_every_letter_folds_as_in_the_language(tmp_path: Path) -> None:
    letters = [chr(code) for code in range(0x30000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    texts = [
        *(f"x{letter}\u0345y" for letter in letters),
        "ΣΊΣΥΦΟΣ",
        "ΑΣ ΑΣ",
        "İI",
        "ﬃ Ⅷ ㎏",
        "\x1c\x85 a \u3000",
        "\ufeffa",
    ]
    found = run(tmp_path, "const answer = data.map(texts.fold);", texts)
    assert [(text, got) for text, got in zip(texts, found, strict=True) if got != fold(text)] == []


def test_keys_are_alike_where_headings_are(tmp_path: Path) -> None:
    letters = [chr(code) for code in range(0x30000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    keys = [*(f"xY{letter}Zz ÀÉ{letter}" for letter in letters), *HEADINGS]
    found = run(tmp_path, "const answer = data.map(keys.alike);", keys)
    assert [(key, got) for key, got in zip(keys, found, strict=True) if got != normalise_heading(key)] == []


def test_texts_stand_in_the_order_of_their_code_points(tmp_path: Path) -> None:
    texts = ["", "a", "aa", "b", "\ue000", "\uffee", "\U0001f600", "\U0001f600a", "é"]
    found = run(tmp_path, "const answer = [...data].sort(texts.compareTexts);", texts[::-1])
    assert found == sorted(texts)


def test_whole_numbers_of_any_size_are_reckoned_exactly(tmp_path: Path) -> None:
    random = Random(5)
    edges = [0, 1, 2, 999_999, 10**6, 2**53 - 1, 2**53, 2**53 + 1, 10**18, 10**36]
    numbers_drawn = [sign * value for value in edges for sign in (1, -1)]
    numbers_drawn += [random.randint(-(10**size), 10**size) for size in range(1, 30) for _ in range(3)]
    pairs = [(random.choice(numbers_drawn), random.choice(numbers_drawn)) for _ in range(3000)]
    script = """const answer = data.map(([left, right]) => [whole(left), whole(right)]).map(([left, right]) => {
      const by = right === 0 ? 1 : integers.absolute(right);
      return [integers.plus(left, right), integers.minus(left, right), integers.times(left, right),
        integers.floorDivide(left, by), integers.modulo(left, by), integers.roundHalfAway(left, by),
        left < right, left === right, Object.is(integers.times(left, right), -0)];
    });"""
    found = run(tmp_path, script, [(str(left), str(right)) for left, right in pairs])
    for (left, right), got in zip(pairs, found, strict=True):
        by = abs(right) or 1
        reckoned = [left + right, left - right, left * right, left // by, left % by, numbers.round_half_away(left, by)]
        assert got == [*reckoned, left < right, left == right, False], (left, right)


def test_numbers_are_read_and_reckoned_as_in_the_language(tmp_path: Path) -> None:
    random = Random(6)
    exponents = ("", "e3", "E-7", "e+12", "e-0000009999999")
    written = [
        f"{random.choice('+- ')}{random.randrange(10 ** random.randint(1, 14))}"
        f"{random.choice(('', f'.{random.randrange(10**9)}'))}{random.choice(exponents)}"
        for _ in range(2000)
    ]
    parsed = [numbers.parse_number(text) for text in written]
    assert run(tmp_path, "const answer = data.map(numbers.parseNumber);", written) == parsed
    known = [value for value in parsed if value is not None]
    pairs = [(random.choice(known), random.choice(known)) for _ in range(2000)]
    script = """const answer = data.map(([left, right]) => [whole(left), whole(right)]).map(([left, right]) =>
      [numbers.multiply(left, right), numbers.divide(left, right), numbers.writePoints(left)]);"""
    reckoned = run(tmp_path, script, [(str(left), str(right)) for left, right in pairs])
    for (left, right), got in zip(pairs, reckoned, strict=True):
        points = numbers.json_number(left, 1000)
        assert got[:2] == [numbers.multiply(left, right), numbers.divide(left, right)]
        assert got[2] in (points, numbers.write_points(left))


def test_raw_values_are_read_as_in_the_language(tmp_path: Path) -> None:
    raw = [value for value in RAW if isinstance(value, str | int | float | list | dict | None) and value == value]
    raw = [value for value in raw if not isinstance(value, int | float) or abs(value) < 2**53]
    script = f"""const zone = {zone_of("Europe/Berlin")};
    const choices = new Set(["ceo", "strasse"]);
    const written = (value) => value?.written ?? value;
    const answer = data.map((raw) => [values.readText(raw), values.readChoice(raw, choices), values.readNumber(raw),
      values.readYesNo(raw), dates.readDate(raw, zone), values.readList(raw)].map(written));"""
    kinds = (Kind.TEXT, Kind.CHOICE, Kind.NUMBER, Kind.YES_NO, Kind.DATE, Kind.LIST)
    for value, found in zip(raw, run(tmp_path, script, raw), strict=True):
        for kind, got in zip(kinds, found, strict=True):
            expected = column_reader(ValueType(kind, ("CEO", "Straße")), Zone("Europe/Berlin"), Place("x"))(value)
            wanted = None if expected is BAD else list(expected) if isinstance(expected, tuple) else expected
            assert got == wanted, (kind, value)


@pytest.mark.parametrize("name", ZONES)
def test_times_in_a_zone_are_those_of_the_language(tmp_path: Path, name: str) -> None:
    zone = Zone(name)
    walls = [wall.isoformat() for wall in some_walls(Random(name), name)]
    script = f"""const zone = {zone_of(name)};
    const answer = data.map((text) => dates.parseDate(text, zone))
      .map((moment) => [moment, moments.writeMoment(moment, zone), moments.monthsBack(moment, 13, zone)]);"""
    for wall, got in zip(walls, run(tmp_path, script, walls), strict=True):
        moment = Zone(name).moment(datetime.fromisoformat(wall))
        assert got == [moment, zone.write(moment), zone.back(moment, Duration(13, Unit.MONTHS))], wall


def test_decays_leave_what_they_leave_in_the_language(tmp_path: Path) -> None:
    random = Random(8)
    cases, expected = [], []
    for kind in ("halving", "losing of rest", "losing of original", "fading"):
        for _ in range(100):
            percent = Fraction(random.choice((1, 25, 100, Fraction(1, 1000), Fraction(99_999_999, 10**6))))
            every = Duration(random.choice((1, 30)), Unit.DAYS)
            points, steps = random.randint(-(10**7), 10**7), random.choice((0, 1, 7, 29, 4096, 5000, 10**6))
            cases.append([kind, every.length, int(percent * 10**6), every.count, points, steps])
            expected.append(left_after(points, Decay(kind, every, percent), steps))
    script = """const answer = data.map(([kind, step, percent, days, points, steps]) =>
      decays.leftAfter(points, new decays.Decay(kind, step, percent, days), steps));"""
    assert run(tmp_path, script, cases) == expected
