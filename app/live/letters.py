"""What a phone sends in one message, and what it is told: shape only. Pure.

{"items": [{"run": 12, "choice": "boleh", "sure": null, "seq": 1795299971234, "at": 1795299971234}],
 "ask": [12], "here": true}: answers, runs of which it wants to know what is stored, a sign of life.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard

from app.core.web import LARGEST_ID
from app.live.answering import Reply, Sent, Stored, milliseconds, moment_of

#: Answers in one message: what a phone could not send during a whole session.
MOST = 60
#: A count of milliseconds that still has a place in the database.
LARGEST_COUNT = 2**53 - 1


class Unreadable(ValueError):
    """Not what our phones send."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, for the participant whose ticket came with it."""

    session_id: int
    participant_id: int
    answers: tuple[Sent, ...]
    asks: tuple[int, ...]
    is_here: bool


def read(body: bytes, session_id: int, participant_id: int) -> Letter:
    """Raises Unreadable."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(said, dict):
        raise Unreadable
    items, asks = said.get("items", []), said.get("ask", [])
    if not isinstance(items, list) or not isinstance(asks, list):
        raise Unreadable
    if len(items) > MOST or len(asks) > MOST or not all(_is_id(run) for run in asks):
        raise Unreadable
    answers = tuple(_answer(one, session_id, participant_id) for one in items)
    return Letter(session_id, participant_id, answers, tuple(asks), said.get("here") is True)


def told(now: datetime, replies: list[Reply], held: Mapping[int, Stored]) -> dict[str, object]:
    """What the phone is told: what is stored, never an echo of what it sent."""
    items = [{"run": one.run_id, "why": one.refusal, **_stored(one.stored)} for one in replies]
    mine = {str(run): _stored(one) for run, one in held.items()}
    return {"now": milliseconds(now), "items": items, "mine": mine}


def _stored(stored: Stored | None) -> dict[str, object]:
    if stored is None:
        return {"choice": None}
    return {
        "choice": stored.choice,
        "sure": stored.is_sure,
        "seq": stored.seq,
        "timing": stored.timing.value,
    }


def _answer(item: object, session_id: int, participant_id: int) -> Sent:
    if not isinstance(item, dict):
        raise Unreadable
    run, choice, sure = item.get("run"), item.get("choice"), item.get("sure")
    seq, at = item.get("seq"), item.get("at")
    if not (_is_id(run) and isinstance(choice, str) and isinstance(sure, bool | None)):
        raise Unreadable
    if not (_is_count(seq) and _is_count(at)):
        raise Unreadable
    return Sent(session_id, participant_id, run, choice[:20], sure, seq, moment_of(at))


def _is_id(value: object) -> TypeGuard[int]:
    return _is_count(value) and 0 < value <= LARGEST_ID


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_COUNT
