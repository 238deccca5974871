"""The nearest cases to a question, and how sure we are that they are near."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

import bm25s
import numpy as np

from app.catalog.cases import Scenario
from app.catalog.lexicon import Lexicon
from app.catalog.search.words import Reader, Reading

#: Answers that one question gets at most.
MOST = 5
#: Share of a question's weight that a case must cover to be called near.
NEAR = 0.55
#: How much the best single phrasing, all phrasings and the story itself count.
PHRASE, PHRASINGS, STORY = 1.0, 0.6, 0.25
#: What a word counts for that only the story has.
IN_STORY = 0.6

_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Answer:
    """A case that is near; `score` is from 0 to 1."""

    scenario: Scenario
    score: float


class _Ranking:
    """BM25 over a list of readings; asked with any words, answers with one score a reading."""

    def __init__(self, readings: Sequence[Sequence[str]]) -> None:
        self._model = bm25s.BM25(method="lucene", k1=1.2, b=0.5)
        # An empty reading still has its place, and even an empty bank has one word.
        self._model.index([[*reading, ""] for reading in readings] or [[""]], show_progress=False)
        self._vocabulary = self._model.vocab_dict

    def scores(self, words: Iterable[str]) -> np.ndarray:
        known = [word for word in words if word in self._vocabulary]
        if not known:
            return np.zeros(self._model.scores["num_docs"])
        return self._model.get_scores(known)


class Finder:
    """Answers questions over one bank."""

    def __init__(self, scenarios: Iterable[Scenario], lexicon: Lexicon) -> None:
        self._scenarios = list(scenarios)
        self._reader = Reader(lexicon)
        read = self._reader.read
        asked = [(s.question, *s.asked_like) for s in self._scenarios]
        told = [_plain(s.situation_html) for s in self._scenarios]
        phrasings = [[read(phrasing) for phrasing in own] for own in asked]
        stories = [read(story) for story in told]
        self._spellings = self._reader.spellings([*(p for own in asked for p in own), *told])
        owners = [i for i, own in enumerate(phrasings) for _ in own]
        self._owners = np.array(owners)
        self._asked = [frozenset(w for p in own for w in p) for own in phrasings]
        self._told = [frozenset(story) for story in stories]
        self._by_phrase = _Ranking([p for own in phrasings for p in own])
        self._by_phrasings = _Ranking([[w for p in own for w in p] for own in phrasings])
        self._by_story = _Ranking(stories)
        self._weights = _weights([a | t for a, t in zip(self._asked, self._told, strict=True)])
        self._rarest = math.log(1 + len(self._scenarios) / 0.5)

    def ask(self, question: str) -> list[Answer]:
        """The nearest cases, best first; empty when nothing is near."""
        words = self._reader.read_question(question, self._spellings)
        if not words:
            return []
        scores = self._scores(words)
        found = []
        for place in np.argsort(-scores, kind="stable")[: 4 * MOST]:
            covered = self._covered(words, place)
            if scores[place] > 0 and covered >= NEAR:
                found.append(Answer(self._scenarios[place], round(float(covered), 3)))
        return found[:MOST]

    def _scores(self, words: Reading) -> np.ndarray:
        if not self._scenarios:
            return np.zeros(0)
        best = np.zeros(len(self._scenarios))
        np.maximum.at(best, self._owners, self._by_phrase.scores(words))
        return (
            PHRASE * best
            + PHRASINGS * self._by_phrasings.scores(words)
            + STORY * self._by_story.scores(words)
        )

    def _covered(self, words: Reading, place: int) -> float:
        """The share of the question's weight that a case speaks of."""
        total = sum(self._weight(word) for word in words)
        held = sum(
            self._weight(word)
            * (1 if word in self._asked[place] else IN_STORY if word in self._told[place] else 0)
            for word in words
        )
        return held / total

    def _weight(self, word: str) -> float:
        return self._weights.get(word, self._rarest)


def _weights(readings: Sequence[frozenset[str]]) -> dict[str, float]:
    """Inverse document frequency of each word (Robertson and Spärck Jones, as in Lucene)."""
    found = Counter(word for reading in readings for word in reading)
    total = len(readings)
    return {w: math.log(1 + (total - n + 0.5) / (n + 0.5)) for w, n in found.items()}


def _plain(html: str) -> str:
    return unescape(_TAG.sub(" ", html))
