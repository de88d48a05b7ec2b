"""The fields and events of the workload, with the values that rules and contacts share."""

from __future__ import annotations

TEXTS = {
    "email": 0.03,
    "title": 0.25,
    "company": 0.1,
    "country": 0.1,
    "city": 0.3,
    "language": 0.15,
    "source": 0.08,
    "campaign": 0.4,
    "lifecycle": 0.05,
    "persona": 0.5,
    "department": 0.35,
    "seniority": 0.3,
    "industry": 0.2,
    "technology": 0.55,
    "plan": 0.45,
    "region": 0.12,
    "owner": 0.25,
}
"""Text fields, and how often each is missing."""
NUMBERS = {"employees": 0.2, "revenue": 0.45, "founded": 0.5, "seats": 0.55, "budget": 0.5, "visits": 0.1}
FLAGS = {"opted_out": 0.05, "decision_maker": 0.4, "is_customer": 0.1, "has_phone": 0.15}
LARGEST = {"employees": 5000, "revenue": 900, "founded": 2026, "seats": 300, "budget": 500, "visits": 120}

EVENTS: dict[str, tuple[str, ...]] = {
    "page_view": ("path", "seconds"),
    "email_open": ("campaign",),
    "email_click": ("campaign", "link"),
    "form_submit": ("form",),
    "webinar_join": ("topic", "minutes"),
    "download": ("asset",),
    "call": ("outcome", "minutes"),
    "meeting": ("outcome",),
    "chat": ("topic",),
    "ad_click": ("network",),
    "search": ("term",),
    "trial_start": (),
    "login": ("device",),
    "invite_sent": (),
    "feature_used": ("feature", "times"),
    "invoice_paid": ("amount",),
    "support_ticket": ("topic",),
    "unsubscribe": (),
}
"""Declared events and their properties."""
EVENT_NUMBERS = {"seconds": 600, "minutes": 90, "times": 40, "amount": 5000}
WEIGHTS = (40, 30, 12, 3, 2, 4, 3, 2, 2, 5, 4, 1, 10, 1, 9, 1, 2, 1)
"""How often each event happens."""

WORDS = (
    *("sales", "chief", "head", "vp", "engineer", "student", "owner", "buyer", "data", "growth", "people", "ops"),
    *("marketing", "security", "finance", "product", "support", "research", "cloud", "mobile", "brand", "partner"),
    *("größe", "naïve", "développeur", "директор", "営業", "部長", "straße", "señor", "ventas", "inżynier"),
)
DOMAINS = tuple(f"{word}{number}.example" for word in WORDS[:12] for number in range(25))
TITLES = tuple(f"{one.title()} {other} {number}" for number in range(4) for one in WORDS for other in WORDS[:12])


def choices(name: str) -> tuple[str, ...]:
    """The values that a text field or property has."""
    start = sum(map(ord, name)) % len(WORDS)
    turned = WORDS[start:] + WORDS[:start]
    if name == "path":
        return tuple(f"/{word}/{number}" for word in turned[:12] for number in range(5))
    if name in ("country", "region", "language"):
        return tuple(word.upper() for word in turned[:20])
    return tuple(f"{word} {number}" for word in turned[:16] for number in range(3))
