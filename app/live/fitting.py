"""How large a text may be so that all of it stands on a projector at once. Pure.

Classes of static/live/hall.css, largest first. The limits were measured in Chromium over every case
of the bank at 1920 × 1080 and 1024 × 768, in a wide font (tests/journeys/test_hall.py).
"""

import re
from collections.abc import Sequence
from html import unescape

SIZES = ("is-short", "is-medium", "is-long", "is-longer", "is-longest")
#: Letters below which a text may have each size; what is longer has the last.
_SITUATION = (170, 230, 300, 430)
_REASON = (480, 530, 620, 700)
_SAFE_ACT = (180, 193, 240, 400)
_SAFE_ACT_BELOW_TWO_ROUNDS = (120, 160, 180, 236)
#: Letters of a reason that a citation takes the room of: its line, and more the longer it is.
_CITE, _CITE_LETTER = 30, 0.4
_TAG = re.compile(r"<[^>]+>")


def of_situation(situation_html: str, question: str | None = None) -> str:
    """Of the situation; with the question where bars stand below it."""
    return _size(_letters(situation_html) + len(question or ""), _SITUATION)


def of_reason(reason_html: str, cites: Sequence[tuple[str, str]]) -> str:
    """Of the reason, with the articles below it."""
    listed = sum(_CITE + _CITE_LETTER * len(label) for label, _ in cites)
    return _size(_letters(reason_html) + listed, _REASON)


def of_safe_act(safe_act_html: str, *, has_two_rounds: bool) -> str:
    """Of the safe act, below the bars of one round or of two."""
    limits = _SAFE_ACT_BELOW_TWO_ROUNDS if has_two_rounds else _SAFE_ACT
    return _size(_letters(safe_act_html), limits)


def _letters(html: str) -> int:
    return len(unescape(_TAG.sub("", html)).strip())


def _size(letters: float, limits: Sequence[int]) -> str:
    fitting = (size for size, limit in zip(SIZES, limits, strict=False) if letters < limit)
    return next(fitting, SIZES[-1])
