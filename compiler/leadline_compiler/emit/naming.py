"""Names for what is emitted: those of the user's as far as they can be written, each only once."""

from __future__ import annotations

from dataclasses import dataclass, field

from leadline_compiler.emit.language import Language
from leadline_compiler.emit.quoting import slug


@dataclass(slots=True)
class Namer:
    """Gives out identifiers. The prefixes keep them apart from words of the language and of the runtime."""

    language: Language
    taken: dict[str, int] = field(default_factory=dict)

    def name(self, prefix: str, *wanted: str | None) -> str:
        """An identifier that begins with the prefix, followed by what can be written of the wanted names."""
        parts = [prefix, *(part for name in wanted if name and (part := slug(name)))]
        stem = "_".join(parts)
        number = self.taken.get(stem, 0 if len(parts) > 1 else 1)
        while True:
            name = self.language.name(stem if number == 0 else f"{stem}_{number}")
            number = max(number + 1, 2)
            if name.lower() not in self.taken:
                self.taken[name.lower()] = 2
                self.taken[stem] = number
                return name
