"""Contacts that were read row by row, put aside in chunks until their turn comes."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from pathlib import Path

from leadline.batch.contact_table import Chunk


@dataclass(slots=True)
class StoredChunks:
    """Chunks by number, in a file."""

    path: Path
    places: list[int] = field(default_factory=lambda: [0])

    def add(self, chunk: Chunk) -> None:
        """Puts the next chunk aside."""
        with self.path.open("ab") as file:
            pickle.dump(chunk, file, pickle.HIGHEST_PROTOCOL)
            self.places.append(file.tell())

    def __len__(self) -> int:
        return len(self.places) - 1

    def read(self, number: int) -> Chunk:
        """A chunk that was put aside by this run."""
        with self.path.open("rb") as file:
            file.seek(self.places[number])
            chunk: Chunk = pickle.load(file)
        return chunk
