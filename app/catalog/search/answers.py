"""The nearest cases to a question, and whether they are near enough to be shown at all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

import numpy as np

from app.catalog.cases import Scenario
from app.catalog.lexicon import Lexicon
from app.catalog.search.ranking import Bm25, Themes, inverse_frequencies, relative
from app.catalog.search.words import LONGEST, Reader, Reading, grams

#: Answers that one question gets at most, and how near to the best the others must be.
MOST, BESIDE = 5, 0.5
#: What each way of being near counts. Fitted on one half of tests/benchmarks/bolehkah.yaml.
LETTERS, THEMES, PHRASE, PHRASINGS, REASON, STORY = 1.2, 0.85, 0.4, 0.3, 0.3, 0.25
#: Themes that are told apart.
MOST_THEMES = 120
#: The share of a question's weight that the best case must speak of: where the question is about
#: elections; where it is not; where it asks for a fact ("berapa", "kapan") and not for leave.
NEAR, NEAR_OFF_FIELD, NEAR_FACT = 0.18, 0.7, 0.75
#: What a word counts for that only the story has, or only the reason.
IN_STORY, IN_REASON = 0.6, 0.3

_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Answer:
    """A case that is near; `score` is from 0 to 1, and falls from answer to answer."""

    scenario: Scenario
    score: float


class Finder:
    """Answers questions over one bank."""

    def __init__(self, scenarios: Iterable[Scenario], lexicon: Lexicon) -> None:
        self._scenarios = list(scenarios)
        self._field, self._facts = lexicon.field, lexicon.facts
        self._reader = Reader(lexicon)
        read = self._reader.read
        asked = [(s.question, *s.asked_like) for s in self._scenarios]
        told = [_plain(s.situation_html) for s in self._scenarios]
        argued = [_plain(s.reason_html + s.safe_act_html) for s in self._scenarios]
        phrasings = [[read(phrasing) for phrasing in own] for own in asked]
        together = [[word for phrasing in own for word in phrasing] for own in phrasings]
        stories, reasons = [read(story) for story in told], [read(reason) for reason in argued]
        self._spellings = self._reader.spellings([*(p for own in asked for p in own), *told])
        self._held = [
            (frozenset(a), frozenset(t), frozenset(r))
            for a, t, r in zip(together, stories, reasons, strict=True)
        ]
        self._weights = inverse_frequencies([asked | told for asked, told, _ in self._held])
        self._rarest = max(self._weights.values(), default=1.0)
        self._owners = [place for place, own in enumerate(phrasings) for _ in own]
        self._letters = Bm25([grams(" ".join(own)) for own in asked], b=0.6)
        self._themes = Themes(
            [[*a, *t] for a, t in zip(together, stories, strict=True)], self._weights, MOST_THEMES
        )
        self._by_phrase = Bm25([phrasing for own in phrasings for phrasing in own])
        self._by_phrasings, self._by_story = Bm25(together), Bm25(stories)
        self._by_reason = Bm25(reasons)

    def ask(self, question: str) -> list[Answer]:
        """The nearest cases, best first; empty when nothing is near."""
        question = question[:LONGEST]
        words = self._reader.read_question(question, self._spellings)
        if not words or not self._scenarios:
            return []
        scores = self._scores(question, words)
        order = np.argsort(-scores, kind="stable")[:MOST]
        covered = self._covered(words, order[0])
        if covered < self._enough(words):
            return []
        near = relative(scores)
        return [
            Answer(self._scenarios[place], round(float(near[place] * min(covered, 1)), 3))
            for place in order
            if near[place] >= BESIDE
        ]

    def _scores(self, question: str, words: Reading) -> np.ndarray:
        by_phrase = np.zeros(len(self._scenarios))
        np.maximum.at(by_phrase, self._owners, self._by_phrase.scores(words))
        ways = (
            (LETTERS, self._letters.scores(grams(question))),
            (THEMES, self._themes.scores(words)),
            (PHRASE, by_phrase),
            (PHRASINGS, self._by_phrasings.scores(words)),
            (REASON, self._by_reason.scores(words)),
            (STORY, self._by_story.scores(words)),
        )
        return sum(weight * relative(scores) for weight, scores in ways)

    def _enough(self, words: Reading) -> float:
        """How much of a question must be covered for its nearest case to be called near."""
        if not self._field.isdisjoint(words):
            return NEAR if self._facts.isdisjoint(words) else NEAR_FACT
        return NEAR_OFF_FIELD if self._facts.isdisjoint(words) else 2

    def _covered(self, words: Reading, place: int) -> float:
        """The share of the question's weight that a case speaks of."""
        asked, told, argued = self._held[place]
        held = sum(
            self._weight(word)
            * (
                1
                if word in asked
                else IN_STORY
                if word in told
                else IN_REASON
                if word in argued
                else 0
            )
            for word in words
        )
        return held / sum(self._weight(word) for word in words)

    def _weight(self, word: str) -> float:
        return self._weights.get(word, self._rarest)


def _plain(html: str) -> str:
    return unescape(_TAG.sub(" ", html))
