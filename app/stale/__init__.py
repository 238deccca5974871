"""Law that was right once. Finds it in any Indonesian text; history, correction and denial pass.

The source of every rule is a provision of `content/regulations`. It knows the mistakes that
officials and the press really make (fact sheet, section 7); it refuses to judge a text, and says
nothing of what it has no rule for. A text is read as one that goes out today: its own date
excuses nothing, since last year's circular is what people copy.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.catalog.law import ADDRESS
from app.stale import conduct, instruments, offences
from app.stale.excuses import Excuse
from app.stale.rule import Rule
from app.stale.text import Sentence, plain, sentences
from app.stale.words import pattern

#: The house's mark on a link to repealed law: `[UU 5/2014](aturan:uu-5-2014 "historis")`.
_MARKED = re.compile(r'[^\[\]\n]{0,80}\]\([^)\n]{0,300}"historis"\)')
_LINE_END = re.compile(r"\n|\r(?!\n)")
RULES = (*instruments.RULES, *conduct.RULES, *offences.RULES)


@dataclass(frozen=True, slots=True)
class StaleClaim:
    """One stale statement: its line (from 1), its words, and what is right now."""

    line: int
    found: str
    right: str
    #: The provision that says what is right: `uu-20-2023#penutup`.
    source: str
    #: Where its words begin and end in the text.
    start: int
    end: int

    @property
    def url(self) -> str:
        return f"{ADDRESS}{self.source}"


def repealed(short: str, right: str, source: str) -> Rule:
    """A rule for one more instrument that no longer holds, named `short`: “SE MenPANRB 18/2023”."""
    claim = pattern(rf"(?<!\w){re.escape(short)}(?!\w)".replace("\\ ", " "))
    return Rule(claim, right, source, excuse=Excuse(repealed=True))


def stale_claims(text: str, rules: Sequence[Rule] = RULES) -> list[StaleClaim]:
    """Every stale claim in `text`, at most one of a kind in a sentence, in its order."""
    simple = plain(text)
    found = list(sentences(simple.text))
    joined = "\n\n".join(sentence.text for sentence in found)
    rules = [rule for rule in rules if rule.claim.search(joined)]
    line_ends = [end.start() for end in _LINE_END.finditer(text)] if rules else []
    claims = []
    for sentence, following in pairwise([*found, Sentence(0, "")]):
        for rule in rules:
            if match := rule.finds(sentence, following.text):
                start = simple.origin(sentence.start + match.start())
                end = simple.origin(sentence.start + match.end() - 1) + 1
                if not _MARKED.match(text, end):
                    line = bisect_left(line_ends, start) + 1
                    words = " ".join(match[0].split())
                    claims.append(StaleClaim(line, words, rule.right, rule.source, start, end))
    return sorted(claims, key=lambda claim: claim.start)
