"""From what somebody typed to the words that carry its meaning.

Lower case, no marks; the lexicon's phrases first, then single words, then endings and prefixes of
colloquial Indonesian, then the stem. A word that nobody knows may be a typo of one that is known.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from rapidfuzz import process
from rapidfuzz.distance import OSA
from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from app.catalog.lexicon import Lexicon

#: Characters of a text of ours that are read.
MOST_LETTERS = 4000
#: Words that are remembered; ours are a third of that.
MOST_WORDS = 30_000
#: A typo is so near (optimal string alignment, 0 to 1) to a known word of so many letters.
NEAR_ENOUGH, SHORTEST_TYPO = 0.79, 4

_NOT_WORDS = re.compile(r"[^a-z0-9]+")
#: “boleeeh” and “gakkk”, but not “pppk”.
_DRAWN_OUT = re.compile(r"([aiueo])\1{2,}|([a-z])\2{2,}$")
_TWICE = re.compile(r"([a-z]{3,})2(nya)?")
_ENDINGS = ("nya", "ku", "mu", "lah", "kah", "pun", "in", "an")
_BEGINNINGS = ("nge", "ng", "ny", "di", "ke", "se", "ter", "ber", "me", "mem", "men", "meng")


@cache
def _stemmer() -> Stemmer:
    """Without the library's own cache: anybody may type new words for ever."""
    return Stemmer(ArrayDictionary(StemmerFactory().get_words()))


@lru_cache(MOST_WORDS)
def stem(word: str) -> str:
    root: str = _stemmer().stem(word)
    return root


def plain(text: str) -> list[str]:
    """The words of `text`, lower case, without marks, drawn-out letters and doublings."""
    folded = unicodedata.normalize("NFKD", text[:MOST_LETTERS]).casefold()
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    words = _NOT_WORDS.sub(" ", letters).split()
    return [_TWICE.sub(r"\1", _DRAWN_OUT.sub(r"\1\2", word)) for word in words]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is searched: what its words mean, and the words themselves. Words that say
    nothing are in neither."""

    meanings: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def pairs(self) -> list[str]:
        """Every two meanings together: “kaus” and “kantor” is another case than “kaus” at home."""
        meanings = sorted(set(self.meanings))
        return [f"{one} {other}" for one, other in combinations(meanings, 2)]

    @property
    def letters(self) -> list[str]:
        """Pieces of three and four letters: what typos, prefixes and dialects leave standing."""
        return [piece for word in self.words for piece in _pieces(word)]

    @classmethod
    def of(cls, readings: "Sequence[Reading]") -> "Reading":
        """Several texts as one."""
        return cls(
            tuple(meaning for one in readings for meaning in one.meanings),
            tuple(word for one in readings for word in one.words),
        )


@lru_cache(MOST_WORDS)
def _pieces(word: str) -> tuple[str, ...]:
    edged = f"_{word}_"
    return tuple(edged[i : i + n] for n in (3, 4) for i in range(len(edged) - n + 1))


class Reader:
    """Reads text with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._meanings = lexicon.meanings
        self._longest: dict[str, int] = {}
        for first, *rest in self._meanings:
            self._longest[first] = max(self._longest.get(first, 1), 1 + len(rest))
        #: What every single word means that was ever read, and those of the lexicon.
        self.spellings = {entry[0]: m for entry, m in self._meanings.items() if len(entry) == 1}

    def read(self, text: str) -> Reading:
        """A text of ours: its words are spelled as they should be, and are known from now on."""
        return self._read(text, self._learned)

    def read_question(self, text: str) -> Reading:
        """What somebody typed: each meaning once, typos mended.

        A word that is near to none stays: how much of a question nobody knows says how near we are.
        """
        read = self._read(text, self._guessed)
        return Reading(tuple(dict.fromkeys(read.meanings)), read.words)

    def _learned(self, word: str) -> str | None:
        if word not in self.spellings:
            self.spellings[word] = self._meaning_of(word)
        return self.spellings[word]

    def _guessed(self, word: str) -> str | None:
        if word in self.spellings:
            return self.spellings[word]
        meaning = self._meaning_of(word)
        if meaning is None or meaning in self.spellings:
            return meaning
        right = mended(word, self.spellings)
        return self.spellings[right] if right else meaning

    def _read(self, text: str, meaning_of: Callable[[str], str | None]) -> Reading:
        words, place = plain(text), 0
        meanings: list[str] = []
        kept: list[str] = []
        while place < len(words):
            size = self._phrase_at(words, place)
            phrase = tuple(words[place : place + size])
            meaning = self._meanings[phrase] if size > 1 else meaning_of(phrase[0])
            if meaning is not None:
                meanings.append(meaning)
                kept += phrase
            place += size
        return Reading(tuple(meanings), tuple(kept))

    def _phrase_at(self, words: list[str], place: int) -> int:
        """How many words make up the longest known phrase that begins at `place`; 1 without one."""
        longest = min(self._longest.get(words[place], 1), len(words) - place)
        return next(
            (n for n in range(longest, 1, -1) if tuple(words[place : place + n]) in self._meanings),
            1,
        )

    def _meaning_of(self, word: str) -> str | None:
        for form in _forms(word):
            if (form,) in self._meanings:
                return self._meanings[form,]
        root = stem(word)
        return self._meanings.get((root,), root)


def _forms(word: str) -> Iterator[str]:
    """The word, and the word without a colloquial ending or beginning."""
    yield word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word[: -len(ending)]
    for beginning in _BEGINNINGS:
        if word.startswith(beginning) and len(word) - len(beginning) >= 3:
            yield word[len(beginning) :]


def mended(word: str, known: Collection[str]) -> str | None:
    """The known word that `word` is a typo of, or None. First letters are seldom mistyped."""
    if len(word) < SHORTEST_TYPO or word.isdigit():
        return None
    alike = [one for one in known if one[0] == word[0] and len(one) >= SHORTEST_TYPO]
    found = process.extractOne(
        word, alike, scorer=OSA.normalized_similarity, score_cutoff=NEAR_ENOUGH
    )
    return found[0] if found else None
