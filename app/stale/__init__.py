"""Law that was right once. Finds it in any Indonesian text; history, correction and denial pass.

Holds the engine: how a text becomes sentences, what negation, history, quotation and distance
excuse, how an editor's words become a pattern, and what follows from a repeal. It refuses to know
any law: the rules are data of `content/` and come from whoever has read it. It refuses to judge a
text, and says nothing of what it has no rule for. A text is read as one that goes out today: its
own date excuses nothing, since last year's circular is what people copy.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.catalog.law import ADDRESS
from app.catalog.staleness import StaleRule
from app.stale.rule import Context, first_claim
from app.stale.shortlist import Shortlist
from app.stale.subject import subject_before
from app.stale.text import Plain, Sentence, Span, plain, sentences

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
    #: Where its sentence does.
    within: Span = (0, 0)
    #: A sentence that may stand in its place, if an editor wrote one.
    instead: str | None = None

    @property
    def url(self) -> str:
        return f"{ADDRESS}{self.source}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found, and how far a text was read."""

    #: In the order of the text.
    claims: list[StaleClaim]
    #: The place after the last sentence that was read; None where all were.
    stopped_at: int | None = None


def stale_claims(text: str, rules: Iterable[StaleRule]) -> list[StaleClaim]:
    """Every stale claim in `text`, at most one of a kind in a sentence, in its order."""
    return reading_of(text, rules).claims


def reading_of(text: str, rules: Iterable[StaleRule], most: int | None = None) -> Reading:
    """Every stale claim in `text`, as far as `most` lets it be read.

    `most` counts characters, each once for every rule that may be about its sentence. Prose stays
    far below it; what is made of the words of rules alone would keep a processor.
    """
    simple = plain(text)
    found = list(sentences(simple.text))
    line_ends = [end.start() for end in _LINE_END.finditer(text)]
    claims, stopped_at = [], None
    for sentence, matches in _matched(simple, found, tuple(rules), most):
        if matches is None:
            stopped_at, _ = _origin(simple, sentence, 0, 1)
            break
        within = _whole(simple, sentence)
        for rule, span in matches:
            start, end = _origin(simple, sentence, *span)
            if not _MARKED.match(text, end):
                line = bisect_left(line_ends, start) + 1
                found_words = " ".join(sentence.text[slice(*span)].split())
                claims.append(_claim(rule, found_words, line, (start, end), within))
    return Reading(sorted(claims, key=lambda claim: claim.start), stopped_at)


def _claim(rule: StaleRule, found: str, line: int, place: Span, within: Span) -> StaleClaim:
    return StaleClaim(
        line=line,
        found=found,
        right=rule.right,
        source=rule.source,
        start=place[0],
        end=place[1],
        within=within,
        instead=rule.instead,
    )


Found = list[tuple[StaleRule, Span]]


def _matched(
    simple: Plain, found: list[Sentence], rules: tuple[StaleRule, ...], most: int | None
) -> Iterator[tuple[Sentence, Found | None]]:
    """The sentences in which rules find something, and None with the first that is not read.

    What is pasted many times over is read once.
    """
    shortlist = Shortlist(simple.text, found)
    wanted: dict[int, list[StaleRule]] = {}
    for rule in rules:
        for place in shortlist.sentences(rule):
            wanted.setdefault(place, []).append(rule)
    read: dict[Context, Found] = {}
    spent = 0
    for place, some in sorted(wanted.items()):
        sentence = found[place]
        following = found[place + 1].text if place + 1 < len(found) else ""
        preceding = subject_before(sentence, found[place - 1]) if place else ""
        context = Context(sentence.text, sentence.lead, sentence.crossed_out, following, preceding)
        if context not in read:
            spent += len(sentence.text) * len(some)
            if most is not None and spent > most:
                yield sentence, None
                return
            read[context] = _claims_in(context, some)
        yield sentence, read[context]


def _claims_in(context: Context, rules: Iterable[StaleRule]) -> Found:
    """The first claim of each kind, whichever of its ways it is said in."""
    found: dict[str, tuple[StaleRule, Span]] = {}
    for rule in rules:
        if rule.id not in found and (span := first_claim(rule, context)):
            found[rule.id] = rule, span
    return list(found.values())


def _whole(simple: Plain, sentence: Sentence) -> Span:
    """Where a sentence stands in the text that was given, its markup included."""
    end = _origin(simple, sentence, 0, len(sentence.text.rstrip()))[1]
    return (simple.origin(sentence.start - 1) + 1 if sentence.start else 0), end


def _origin(simple: Plain, sentence: Sentence, start: int, end: int) -> Span:
    """Where a part of a sentence stands in the text that was given."""
    return (
        simple.origin(sentence.start + start),
        simple.origin(sentence.start + end - 1) + 1,
    )
