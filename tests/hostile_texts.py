"""Texts of the longest length that nobody writes and anybody may paste: made of the rules' own
words, of figures, quotes, dates, rows and other scripts, and different from end to end."""

import random
from collections.abc import Callable, Iterator

from tests.stale import our_rules, sentence_sets


def hostile_texts(length: int) -> Iterator[tuple[str, str]]:
    """Name and text, the same at every call."""
    chance = random.Random(20261130)
    sentences = [one for group in sentence_sets() for one in (*group.wrong, *group.right)]
    words = [word.strip(".,:;") for one in sentences for word in one.split()]
    letters = sorted(
        {
            one
            for rule in our_rules()
            for expression in (rule.claim, *rule.about)
            for way in expression.needs
            for some in way
            for one in some
        }
    )

    def any_of(some: list[str]) -> str:
        return chance.choice(some)

    makers: dict[str, Callable[[], str]] = {
        "letters of rules": lambda: any_of(letters) + " ",
        "words": lambda: any_of(words) + " ",
        "words and commas": lambda: any_of(words) + ", ",
        "words and semicolons": lambda: any_of(words) + "; ",
        "words as sentences": lambda: any_of(words).capitalize() + ". ",
        "quotes": lambda: f'"{any_of(words)} ',
        "one clause": lambda: f"{any_of(sentences).strip('.')} {chance.random()}, ",
        "sentences": lambda: any_of(sentences) + " ",
        "sentences and numbers": lambda: f"{any_of(sentences)} {chance.random()}. ",
        "figures": lambda: f"{chance.randrange(10 ** chance.randrange(1, 9))} ",
        "digits": lambda: chance.choice("0123456789"),
        "dates": lambda: f"{chance.randrange(1, 31)} Oktober {chance.randrange(2010, 2030)} ",
        "one long word": lambda: chance.choice("abcdefghij"),
        "other scripts": lambda: chr(chance.randrange(0x80, 0x3000)),
        "beyond the plane": lambda: chr(chance.randrange(0x10000, 0x1FFFF)),
        "rows": lambda: f"| {any_of(words)} | {any_of(words)} | {any_of(words)} |\n",
        "cells": lambda: f"{any_of(words)}\t{any_of(words)}\n",
        "items": lambda: f"- {any_of(words)}\n",
        "labels": lambda: f"{any_of(words)}: {any_of(words)}\n",
        "quoted lines": lambda: f"> {any_of(words)}\n",
        "markup": lambda: f"*{any_of(words)}* [{any_of(words)}](x) <b>",
    }
    for name, maker in makers.items():
        yield name, _filled(maker, length)
    for kind, own in _letters_by_kind().items():
        yield f"rule {kind}", _filled(lambda own=own: any_of(own) + " ", length)


def _letters_by_kind() -> dict[str, list[str]]:
    """What each kind of claim cannot do without, in whichever of its ways it is said."""
    found: dict[str, set[str]] = {}
    for rule in our_rules():
        own = {one for way in rule.claim.needs for some in way for one in some}
        found.setdefault(rule.id, set()).update(own)
    return {kind: sorted(own) for kind, own in found.items() if own}


def _filled(maker: Callable[[], str], length: int) -> str:
    pieces, size = [], 0
    while size < length:
        pieces.append(maker())
        size += len(pieces[-1])
    return "".join(pieces)[:length]
