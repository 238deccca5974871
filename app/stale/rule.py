"""How one rule is held against one sentence."""

import re
from itertools import islice

from app.catalog.staleness import StaleRule
from app.stale.excuses import (
    boundaries_of,
    calls_it_wrong,
    claims_nothing,
    clause_of,
    covers,
    holds,
    is_denied,
)
from app.stale.text import Sentence, Span

#: Of one kind in one sentence. More is no prose, and must not cost the time of a page.
MOST_CLAIMS = 25


def first_claim(rule: StaleRule, sentence: Sentence, following: str) -> re.Match[str] | None:
    """The first unexcused claim of a kind in `sentence`."""
    text = sentence.text
    if not rule.claim.search(text) or not _is_about(rule, f"{text} {sentence.lead}"):
        return None
    if claims_nothing(sentence, following):
        return None
    boundaries = boundaries_of(text)
    covered: dict[Span, bool] = {}
    for match in islice(rule.claim.finditer(text), MOST_CLAIMS):
        clause = clause_of(text, boundaries, match)
        if clause not in covered:
            covered[clause] = _covers(rule, text, clause)
        if not (
            covered[clause]
            or is_denied(sentence, match, clause)
            or holds(rule.excuse, text, match, clause)
        ):
            return match
    return None


def _is_about(rule: StaleRule, text: str) -> bool:
    return all(about.search(text) for about in rule.about)


def _covers(rule: StaleRule, text: str, clause: Span) -> bool:
    """Whether nothing in the clause can be stale."""
    if rule.in_clause and not _is_about(rule, text[slice(*clause)]):
        return True
    return calls_it_wrong(text, clause) or covers(rule.excuse, text, clause, rule.claim)
