"""How texts compare: NFKC, full case folding, NFKC again, trimmed."""

from __future__ import annotations

from functools import lru_cache

from leadline_dsl.normal_forms import normalise


def fold_inside(text: str) -> str:
    """Folds a text and keeps the spaces at its edges, as `contains`, `starts with` and `ends with` need."""
    if text.isascii():
        return text.lower()
    return normalise("NFKC", normalise("NFKC", text).casefold())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The form in which texts compare; empty where the text is blank and so missing."""
    return fold_inside(text).strip()


def normalise_for_pattern(text: str) -> str:
    """What `matches` looks at: NFKC and trimmed, the case as written."""
    return (text if text.isascii() else normalise("NFKC", text)).strip()


def domain_of(folded: str) -> str | None:
    """What follows the last `@` of a folded text; None without an `@` or with nothing after it."""
    _, at, domain = folded.rpartition("@")
    return (domain.strip() or None) if at else None
