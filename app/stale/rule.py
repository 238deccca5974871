"""What one kind of stale claim is."""

import re
from dataclasses import dataclass, field
from itertools import islice

from app.stale.excuses import (
    Excuse,
    boundaries_of,
    calls_it_wrong,
    claims_nothing,
    clause_of,
    is_denied,
)
from app.stale.text import Sentence, Span

#: Of one kind in one sentence. More is no prose, and must not cost the time of a page.
MOST_CLAIMS = 25


@dataclass(frozen=True, slots=True)
class Rule:
    """`claim` is stale where all of `about` are near it, unless something excuses it."""

    claim: re.Pattern
    #: What is right now, in one sentence.
    right: str
    #: The provision that says so: `uu-20-2023#penutup`.
    source: str
    about: tuple[re.Pattern, ...] = ()
    #: Whether `about` must stand in the same clause, not only in the same sentence.
    in_clause: bool = False
    excuse: Excuse = field(default_factory=Excuse)

    def finds(self, sentence: Sentence, following: str) -> re.Match | None:
        """The first unexcused claim in `sentence`."""
        text = sentence.text
        if not self.claim.search(text) or not self._is_about(f"{text} {sentence.lead}"):
            return None
        if claims_nothing(sentence, following):
            return None
        boundaries, covered = boundaries_of(text), {}
        for match in islice(self.claim.finditer(text), MOST_CLAIMS):
            clause = clause_of(text, boundaries, match)
            if clause not in covered:
                covered[clause] = self._covers(text, clause)
            if not (
                covered[clause]
                or is_denied(sentence, match, clause)
                or self.excuse.holds(text, match, clause)
            ):
                return match
        return None

    def _is_about(self, text: str) -> bool:
        return all(about.search(text) for about in self.about)

    def _covers(self, text: str, clause: Span) -> bool:
        """Whether nothing in the clause can be stale."""
        if self.in_clause and not self._is_about(text[slice(*clause)]):
            return True
        return calls_it_wrong(text, clause) or self.excuse.covers(text, clause, self.claim)
