"""The version of the package; the language has its own, see docs/."""

__version__ = "0.1.0"
