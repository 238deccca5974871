"""From what somebody typed to the words that carry its meaning.

Lower case, no marks; the lexicon's phrases first, then single words, then endings and prefixes of
colloquial Indonesian, then the stem. A word that nobody knows may be a typo of one that is known.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from rapidfuzz import process
from rapidfuzz.distance import OSA
from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from app.catalog.lexicon import ASKS_LEAVE, CANDIDATE, NAMESAKE, Lexicon

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
#: Of Javanese, Sundanese, Minang, Makassar and Banjar; only before or after a longer word, since
#: many a short one begins so.
_REGIONAL_ENDINGS = ("keun", "aken", "ake", "nyo", "ne", "ke", "ki", "ka", "mi", "ji", "pi")
_REGIONAL_BEGINNINGS = ("nga", "na", "ku", "ba", "be", "ma", "mam", "man", "mang", "tak", "dipun")
_SHORTEST, _SHORTEST_REGIONAL = 3, 4
_ALL_ENDINGS, _ALL_BEGINNINGS = _ENDINGS + _REGIONAL_ENDINGS, _BEGINNINGS + _REGIONAL_BEGINNINGS
#: How the languages of the islands turn the sounds of a word: Minang “masuak” and “mamiliah” for
#: “masuk” and “memilih”, Javanese and Palembang “kerjo”, Sasak “kerje” for “kerja”.
_SOUNDS = tuple(
    (re.compile(spelt), sounded)
    for spelt, sounded in (
        (r"ua(?=[^aiueo]|$)", "u"),
        (r"ia(?=[^aiueo]|$)", "i"),
        (r"[eo]", "a"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"q$", "k"),
    )
)
#: So short a word sounds like too many others.
_SHORT_SOUND = 4
#: What stands for any number in a phrase of the lexicon, and how long a number of a candidate is.
_ANY_NUMBER, _LONGEST_NUMBER = "0", 2
#: The share of a text in a strange tongue from which it is one, and so many words at least: a
#: regional word that we lack is no strange tongue.
MOST_FOREIGN, FEWEST_FOREIGN = 0.5, 4
#: Whoever says one of these asks for leave.
_LEAVE = frozenset(
    {*ASKS_LEAVE, "bolehkah", "apakah", "aman", "gimana", "kena", "dilarang", "salah"}
)
#: After these a request is told, not made: “saya belum jawab iya”.
_TOLD = frozenset({"belum", "blm", "sudah", "udah", "saya", "sy", "aku", "dia", "beliau"})
#: Words of politeness between “dukung” and a name.
_MOST_BETWEEN = 2


@cache
def _roots() -> frozenset[str]:
    """The roots of Bahasa Indonesia, as the stemmer has them."""
    return frozenset(StemmerFactory().get_words())


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
    #: What the words mean that a phrase swallowed: a “seragam partai” is clothes, and of a party.
    swallowed: tuple[str, ...] = ()

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


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a phrase as it was typed, and what it means; None where it says nothing."""

    words: tuple[str, ...]
    meaning: str | None


class Reader:
    """Reads text with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._meanings = lexicon.meanings
        self._before_a_name = lexicon.before_a_name
        self._requests = {tuple(request.split()) for request in lexicon.requests}
        self._orders = {tuple(order.split()) for order in lexicon.orders}
        self._longest: dict[str, int] = {}
        for first, *rest in self._meanings:
            self._longest[first] = max(self._longest.get(first, 1), 1 + len(rest))
        #: What every single word means that was ever read, and those of the lexicon.
        self.spellings = {entry[0]: m for entry, m in self._meanings.items() if len(entry) == 1}
        #: The known words by their sound.
        self._sounds = {_sounded(word): word for word in self.spellings if len(word) > _SHORT_SOUND}

    def read(self, text: str) -> Reading:
        """A text of ours: its words are spelled as they should be, and are known from now on."""
        return self._reading(self._pieces(plain(text), self._learned))

    def read_question(self, text: str) -> Reading:
        """What somebody typed: each meaning once, typos mended.

        A word that is near to none stays: how much of a question nobody knows says how near we are.
        """
        pieces = self._named(self._pieces(plain(text), self._guessed))
        read = self._reading(pieces)
        return Reading(tuple(dict.fromkeys(read.meanings)), read.words, read.swallowed)

    def is_request(self, text: str) -> bool:
        """Whether somebody wants us to take a side or to obey, rather than to know something."""
        words = plain(text)
        is_order = any(tuple(words[: len(order)]) == order for order in self._orders)
        return (is_order and not _LEAVE.intersection(words)) or any(
            tuple(words[place : place + len(request)]) == request
            and not _TOLD.intersection(words[max(0, place - 1) : place])
            for request in self._requests
            for place in range(len(words) - len(request) + 1)
        )

    def is_foreign(self, text: str) -> bool:
        """Whether most of it is in a tongue or a script that is none of ours."""
        letters = [letter for letter in text if letter.isalpha()]
        strange = sum("LATIN" not in unicodedata.name(letter, "") for letter in letters)
        words = plain(text)
        unknown = sum(map(self._is_nobodys, words))
        return strange > MOST_FOREIGN * len(letters) or (
            unknown >= FEWEST_FOREIGN and unknown >= MOST_FOREIGN * len(words)
        )

    def _is_nobodys(self, word: str) -> bool:
        """Neither a word of ours, nor a typo of one, nor any of Bahasa Indonesia, nor a number."""
        known = self.spellings
        if word.isdigit() or word in known or self._meaning_of(word) in known:
            return False
        return stem(word) not in _roots() and mended(word, known) is None

    def _learned(self, word: str) -> str | None:
        if word not in self.spellings:
            self.spellings[word] = self._meaning_of(word)
            if len(word) > _SHORT_SOUND:
                self._sounds.setdefault(_sounded(word), word)
        return self.spellings[word]

    def _guessed(self, word: str) -> str | None:
        if word in self.spellings:
            return self.spellings[word]
        meaning = self._meaning_of(word)
        if meaning is None or meaning in self.spellings:
            return meaning
        right = self._sounds.get(_sounded(word)) or mended(word, self.spellings)
        return self.spellings[right] if right else meaning

    def _pieces(self, words: list[str], meaning_of: Callable[[str], str | None]) -> Iterator[Piece]:
        place = 0
        while place < len(words):
            size = self._phrase_at(words, place)
            phrase = tuple(words[place : place + size])
            yield Piece(phrase, self._phrase(phrase) if size > 1 else meaning_of(phrase[0]))
            place += size

    def _named(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The same with “a candidate” for each name where a candidate's stands."""
        before: list[Piece] = []
        for piece in pieces:
            is_name = self._is_unknown(piece) and self._awaits_a_name(before)
            before.append(Piece(piece.words, CANDIDATE) if is_name else piece)
            yield before[-1]

    def _is_unknown(self, piece: Piece) -> bool:
        """A single word, long enough for a name, that is nobody's."""
        (word, *rest) = piece.words
        is_read = piece.meaning is not None and piece.meaning not in self.spellings
        return not rest and is_read and len(word) > 2 and self._is_nobodys(word)

    def _awaits_a_name(self, before: Sequence[Piece]) -> bool:
        """Whether “dukung”, “foto dengan” or another part of the name stands right before."""
        silent: list[str] = []
        for piece in reversed(before[-_MOST_BETWEEN - 1 :]):
            if piece.meaning is not None:
                said = {piece.meaning, " ".join(piece.words)}
                said |= {f"{piece.meaning} {word}" for word in silent}
                return piece.meaning == CANDIDATE or not said.isdisjoint(self._before_a_name)
            silent += piece.words
        return False

    def _reading(self, pieces: Iterable[Piece]) -> Reading:
        told = [piece for piece in pieces if piece.meaning is not None]
        return Reading(
            tuple(piece.meaning for piece in told if piece.meaning is not None),
            tuple(word for piece in told for word in piece.words),
            tuple(m for piece in told if len(piece.words) > 1 for m in self._parts(piece)),
        )

    def _parts(self, piece: Piece) -> Iterator[str]:
        """What the words of a phrase mean by themselves; those of a namesake mean it alone."""
        for word in piece.words if piece.meaning != NAMESAKE else ():
            if meaning := self.spellings.get(word):
                yield meaning

    def _phrase_at(self, words: list[str], place: int) -> int:
        """How many words make up the longest known phrase that begins at `place`; 1 without one."""
        longest = min(self._longest.get(words[place], 1), len(words) - place)
        sizes = range(longest, 1, -1)
        return next((n for n in sizes if self._is_phrase(tuple(words[place : place + n]))), 1)

    def _is_phrase(self, words: tuple[str, ...]) -> bool:
        return words in self._meanings or _numbered(words) in self._meanings

    def _phrase(self, words: tuple[str, ...]) -> str | None:
        return self._meanings[words if words in self._meanings else _numbered(words)]

    def _meaning_of(self, word: str) -> str | None:
        for form in _forms(word):
            if (form,) in self._meanings:
                return self._meanings[form,]
        root = stem(word)
        return self._meanings.get((root,), root)


def _numbered(words: tuple[str, ...]) -> tuple[str, ...]:
    """The phrase with one sign for every number that a candidate may have."""
    return tuple(
        _ANY_NUMBER if word.isdigit() and len(word) <= _LONGEST_NUMBER else word for word in words
    )


def _forms(word: str) -> Iterator[str]:
    """The word, and the word without a colloquial or a regional ending or beginning."""
    yield word
    yield from _without(word, _ENDINGS, _BEGINNINGS, _SHORTEST)
    yield from _without(word, _REGIONAL_ENDINGS, _REGIONAL_BEGINNINGS, _SHORTEST_REGIONAL)
    for inner in _without(word, (), _ALL_BEGINNINGS, _SHORTEST_REGIONAL):
        yield from _without(inner, _ALL_ENDINGS, (), _SHORTEST_REGIONAL)


def _sounded(word: str) -> str:
    for spelt, sounded in _SOUNDS:
        word = spelt.sub(sounded, word)
    return word


def _without(
    word: str, endings: Sequence[str], beginnings: Sequence[str], shortest: int
) -> Iterator[str]:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            yield word[: -len(ending)]
    for beginning in beginnings:
        if word.startswith(beginning) and len(word) - len(beginning) >= shortest:
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
