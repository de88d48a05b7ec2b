"""Which column may have been meant for a field that the data has none for."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.readers.problems import MissingColumn


def propose_column(missing: MissingColumn, unused: Sequence[str]) -> str | None:
    """The column that no field reads and that is spelt nearly as a field's heading or name; none for a property."""
    from leadline_compiler.resolve.scope import closest  # only where there is something to look for

    if missing.event is not None:
        return None
    return closest(missing.heading, unused) or closest(missing.field, unused)
