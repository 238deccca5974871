"""Law that was right once. Finds it in any Indonesian text; history, correction and denial pass.

Holds the engine: how a text becomes sentences, what negation, history, quotation and distance
excuse, how an editor's words become a pattern, and what follows from a repeal. It refuses to know
any law: the rules are data of `content/` and come from whoever has read it. It refuses to judge a
text, and says nothing of what it has no rule for. A text is read as one that goes out today: its
own date excuses nothing, since last year's circular is what people copy.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from app.catalog.law import ADDRESS
from app.catalog.staleness import StaleRule
from app.stale.rule import first_claim
from app.stale.text import Sentence, plain, sentences

#: The house's mark on a link to repealed law: `[UU 5/2014](aturan:uu-5-2014 "historis")`.
_MARKED = re.compile(r'[^\[\]\n]{0,80}\]\([^)\n]{0,300}"historis"\)')
_LINE_END = re.compile(r"\n|\r(?!\n)")


@dataclass(frozen=True, slots=True)
class StaleClaim:
    """One stale statement: its line (from 1), its words, and what is right now."""

    line: int
    found: str
    right: str
    #: The provision that says what is right, `uu-20-2023#penutup`, or the instrument alone.
    source: str
    #: Where its words begin and end in the text.
    start: int
    end: int

    @property
    def url(self) -> str:
        return f"{ADDRESS}{self.source}"


def stale_claims(text: str, rules: Iterable[StaleRule]) -> list[StaleClaim]:
    """Every stale claim in `text`, at most one of a kind in a sentence, in its order."""
    simple = plain(text)
    found = list(sentences(simple.text))
    joined = "\n\n".join(sentence.text for sentence in found)
    rules = [rule for rule in rules if rule.claim.search(joined)]
    line_ends = [end.start() for end in _LINE_END.finditer(text)] if rules else []
    claims = []
    for sentence, following in pairwise([*found, Sentence(0, "")]):
        for rule in rules:
            if match := first_claim(rule, sentence, following.text):
                start = simple.origin(sentence.start + match.start())
                end = simple.origin(sentence.start + match.end() - 1) + 1
                if not _MARKED.match(text, end):
                    line = bisect_left(line_ends, start) + 1
                    words = " ".join(match[0].split())
                    claims.append(StaleClaim(line, words, rule.right, rule.source, start, end))
    return sorted(claims, key=lambda claim: claim.start)
