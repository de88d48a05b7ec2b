"""The editor's own themes, beside those of the toolkit."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="leadline-dark",
    primary="#4f8fd0",
    secondary="#b58ad6",
    accent="#e3a857",
    foreground="#dcdfe4",
    background="#14161a",
    surface="#181b20",
    panel="#23272e",
    success="#7fb86f",
    warning="#e0b050",
    error="#e5646e",
    dark=True,
)
LIGHT = Theme(
    name="leadline-light",
    primary="#1f5fa8",
    secondary="#7a3fa8",
    accent="#9a5b00",
    foreground="#1d2126",
    background="#f4f4f1",
    surface="#fcfcfa",
    panel="#e6e6e1",
    success="#2f7a2a",
    warning="#8a5a00",
    error="#b3202c",
    dark=False,
)
CONTRAST = Theme(
    name="leadline-contrast",
    primary="#00a8ff",
    secondary="#ff7bff",
    accent="#ffd000",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    success="#3cff3c",
    warning="#ffd000",
    error="#ff5050",
    dark=True,
)
THEMES = (DARK, LIGHT, CONTRAST)
