"""Names for what is emitted: those of the user's as far as they can be written, each only once."""

from __future__ import annotations

from dataclasses import dataclass, field

from leadline_compiler.emit.language import Language
from leadline_compiler.emit.quoting import slug


@dataclass(slots=True)
class Namer:
    """Gives out identifiers. The prefixes keep them apart from words of the language and of the runtime."""

    language: Language
    taken: set[str] = field(default_factory=set)

    def name(self, prefix: str, *wanted: str | None) -> str:
        """An identifier that begins with the prefix, followed by what can be written of the wanted names."""
        parts = [prefix, *(part for name in wanted if name and (part := slug(name)))]
        number = 1
        while True:
            tail = [] if number == 1 and len(parts) > 1 else [str(number)]
            name = self.language.name("_".join([*parts, *tail]))
            if name.lower() not in self.taken:
                self.taken.add(name.lower())
                return name
            number += 1
