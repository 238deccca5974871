"""How people are found and put in order by what is typed, the same on every database. Pure.

Databases fold letters and sort them each in their own way, so both is done here and kept in two
columns of a person: `searched` (all that the list shows of her) and `sort_key` (her name).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

#: What a list shows of somebody in words.
SHOWN = ("front_title", "name", "back_title", "position")
#: Dots of titles and every apostrophe: `A.Md.Kep` and `AMd.Kep.`, `Syafi'i` and `Syafi’i`.
_DROPPED = dict.fromkeys(map(ord, ".'’‘ʼʻ`´′\"“”"))
#: What stands before a number, and is no part of anybody's name.
_LABEL = re.compile(r"\b(?:nip|ni\s*pppk)\b[\s.:]*(?=\d)", re.IGNORECASE)
#: The spelling before 1972, which names have kept: Soetomo, Djoko, Tjahjono.
_OLD = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("y", "i"))
_DOUBLED = re.compile(r"([a-z])\1+")
#: Words of a search that are looked at.
MOST_WORDS = 6
SEARCHED, SORT_KEY = 400, 120


def folded(text: str) -> str:
    """Small letters without accents, dots and apostrophes; any other sign parts words."""
    bare = unicodedata.normalize("NFKD", text.translate(_DROPPED))
    letters = (c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join("".join(letters).casefold().split())


def sounded(text: str) -> str:
    """Folded, and spelled as it sounds: `Moehammad` is `muhamad`, `Sary` is `sari`."""
    sound = folded(text)
    for old, new in _OLD:
        sound = sound.replace(old, new)
    return _DOUBLED.sub(r"\1", sound)


def folds(person: Mapping[str, Any]) -> dict[str, str]:
    """Both columns, from the values of the others: whoever writes those writes these."""
    shown = " ".join(person.get(part) or "" for part in SHOWN)
    return {
        "searched": sounded(shown)[:SEARCHED],
        "sort_key": folded(person.get("name") or "")[:SORT_KEY],
    }


def words_of(typed: str) -> Iterator[str]:
    """What is looked for: digits as they are written, and words as they sound."""
    for word in _LABEL.sub("", typed).split():
        yield from [word] if any(c.isdigit() for c in word) else sounded(word).split()
