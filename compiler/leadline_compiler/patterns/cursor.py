"""A place in a pattern's text that moves forward as the text is read."""

import re
from dataclasses import dataclass


@dataclass(slots=True)
class Cursor:
    """The text and the offset of the next character to read."""

    text: str
    at: int = 0

    def at_end(self) -> bool:
        return self.at >= len(self.text)

    def sees(self, prefix: str) -> bool:
        return self.text.startswith(prefix, self.at)

    def peek(self) -> str:
        """The next character, or an empty text at the end."""
        return self.text[self.at : self.at + 1]

    def take(self, count: int = 1) -> str:
        """Move past the next characters and return them; fewer than asked for at the end."""
        taken = self.text[self.at : self.at + count]
        self.at += len(taken)
        return taken

    def take_if(self, prefix: str) -> bool:
        """Move past the prefix if it comes next."""
        if not self.sees(prefix):
            return False
        self.at += len(prefix)
        return True

    def take_match(self, shape: re.Pattern[str]) -> re.Match[str] | None:
        """Move past what has the shape, if it comes next."""
        found = shape.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def since(self, start: int) -> str:
        return self.text[start : self.at]
