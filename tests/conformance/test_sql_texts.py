"""How emitted SQL folds texts: right for the scripts that the documentation names, different only where it says so."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from random import Random

import pytest
from sqlglot import exp

from leadline_compiler.emit.sql.dialects import DIALECTS
from leadline_compiler.emit.sql.expressions import NamedQuery, aliased, column, select
from leadline_compiler.emit.sql.query import put_together
from leadline_compiler.schema import Kind
from leadline_compiler.texts import fold, normalise_for_pattern
from sql_engines import Tables
from sql_engines.engines import ENGINES, EVERY_DIALECT, require
from sql_engines.tables import Column, Table

LETTERS = [
    *map(chr, range(0xA0, 0x300)),  # Latin
    *map(chr, range(0x370, 0x530)),  # Greek, Cyrillic
    *map(chr, range(0x1E00, 0x2000)),  # Latin and Greek with marks
    *map(chr, range(0x2100, 0x2190)),  # letter-like signs, Roman numerals
    *map(chr, range(0x2460, 0x24EB)),  # enclosed
    *map(chr, range(0x3041, 0x3100)),  # Kana
    *map(chr, range(0x3200, 0x3400)),  # enclosed and squared
    *map(chr, range(0x4E00, 0x4E80)),  # Han
    *map(chr, range(0xAC00, 0xAC80)),  # Hangul
    *map(chr, range(0xF900, 0xF980)),  # Han, for compatibility
    *map(chr, range(0xFB00, 0xFB07)),  # ligatures
    *map(chr, range(0xFF01, 0xFFE7)),  # full and half width
]
PEOPLE_WRITE = (
    *("ＡＣＭＥ　株式会社", "ｱｸﾃｨﾌﾞ ｶﾞｲﾄﾞ", "㈱山田", "①位", "Ⅳ期", "㌔", "STRASSE Straße ẞ", "ΟΔΌΣ ὀδός ς", "ᾳδω ᾼ"),
    *(
        "МОСКВА Ёлка й",
        "İstanbul ısı",
        "ﬁnance ﬀ",
        "naïve Café",
        "Ǆ ǅ",
        "서울 특별시 서울",
        "東京都",
        "½ ™ №",
        "Å Å K K",
    ),
    *("ŵ Ŵ Ÿ", "Vũ Nguyễn Việt", "\u3000端\u00a0", "パパ ぱ ハ゜", "ÆØÅ æøå", "ўЎ іІ ґҐ"),
)


@pytest.fixture(params=EVERY_DIALECT)
def dialect(request: pytest.FixtureRequest) -> str:
    """Every dialect whose engine is here."""
    name: str = request.param
    require(name)
    return name


def folded(dialect: str, texts: list[str]) -> dict[str, tuple[str | None, str | None]]:
    """What each text becomes for patterns, and folded."""
    engine = DIALECTS[dialect]()
    result = select([column("value"), column("pattern"), column("folded")], "folds")
    odd = select([aliased(engine.as_text(column("value")), "value")], "given_texts")
    folding: Sequence[NamedQuery]
    if engine.folds_in_rows:
        forms = engine.folded_in_row(column("value"))
        named = [aliased(tree, name) for tree, name in zip(forms, ("pattern", "folded"), strict=True)]
        folding = [("folds", select([column("value"), *named], "odd"))]
    else:
        folding = engine.folded("odd")
    query: exp.Query = put_together(result, [("odd", odd), *folding], engine)
    rows = tuple((text,) for text in texts)
    tables = Tables(
        Table("given_texts", (Column("value", Kind.TEXT),), rows), Table("events", (Column("x", Kind.TEXT),), ())
    )
    found = ENGINES[dialect].run(query.sql(dialect=dialect), tables)
    folds = {row["value"]: (row["pattern"], row["folded"]) for row in found}
    return {text: folds.get(text, (None, None)) for text in texts}


def expected(texts: list[str]) -> dict[str, tuple[str | None, str | None]]:
    return {text: (normalise_for_pattern(text) or None, fold(text) or None) for text in texts}


def test_texts_of_the_named_scripts_fold_as_the_language_says(dialect: str) -> None:
    random = Random(8)
    written = [letter for letter in LETTERS if unicodedata.category(letter)[0] in "LNS"]
    words = ["".join(random.choice(written) for _ in range(7)) for _ in range(500)]
    texts = [*LETTERS, *PEOPLE_WRITE, *(f"x{letter}A" for letter in LETTERS), *words]
    texts += [unicodedata.normalize("NFD", text) for text in (*PEOPLE_WRITE, *written)]
    texts = [text for text in dict.fromkeys(texts) if not text.isascii()]
    assert folded(dialect, texts) == expected(texts)


_BY_TABLES = ("𝐀𝐜𝐦𝐞", "Ꭰꭰ", "ﷺ", "ᲐᲑ", "𐐀", "\u0958")
_BY_ENGINE = ("ᲐᲑ", "Ꭰꭰ", "𐐀")
DIFFERENT = {
    "duckdb": ("𝐀𝐜𝐦𝐞", "Ꭰꭰ", "ﷺ"),
    "postgres": _BY_ENGINE,
    "sqlite": _BY_TABLES,
    "spark": _BY_TABLES,
    "clickhouse": _BY_ENGINE,
    "mysql": _BY_TABLES,
}
"""One text for each difference that docs/compile/limits.md tells of."""


def test_only_what_the_documentation_names_folds_otherwise(dialect: str) -> None:
    texts = list(dict.fromkeys(text for listed in DIFFERENT.values() for text in listed))
    got, wanted = folded(dialect, texts), expected(texts)
    assert {text for text in texts if got[text][1] != wanted[text][1]} == set(DIFFERENT[dialect])
