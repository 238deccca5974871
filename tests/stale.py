"""The rules of stale law of our own content, for tests that ask what they find."""

from functools import cache

from app.catalog.staleness import StaleRule
from app.config import PROJECT
from app.reading.loader import stale_rules
from app.stale import StaleClaim
from app.stale import stale_claims as claims_by


@cache
def our_rules() -> tuple[StaleRule, ...]:
    return stale_rules(PROJECT / "content")


def stale_claims(text: str) -> list[StaleClaim]:
    """Every stale claim in `text` by the rules of our content."""
    return claims_by(text, our_rules())
