"""The demo region's webinars: one of last week, a briefing in a village, and one of tomorrow.

What was held is written in bulk, as a session leaves it; what it gave goes through the real rules.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from app.agencies.models import Person, Unit
from app.audit import trail
from app.audit.actions import Action
from app.catalog.model import Catalog
from app.catalog.terms import Verdict
from app.core import clock
from app.core.dates import start_of
from app.core.db import db
from app.demo.region import DemoRegion
from app.live import arranging, ending, tallies
from app.live.arranging import Said
from app.live.attendance import SLOT, slot_of
from app.live.models import (
    EventKind,
    Gives,
    LiveAnswer,
    LiveParticipant,
    LivePresence,
    LiveQuestion,
    LiveRun,
    LiveSession,
)
from app.live.paper import Paper, questions_for, thaw
from app.live.queries import questions_of
from app.live.timeline import Timing

SEED = 20_261_123
#: People in the webinar of last week, and in the village.
CROWD, VILLAGERS = 180, 7
#: Minutes of one question with its discussion; seconds for which it was open.
EACH, OPEN = 9, 60
#: Share that knew, question by question; one that few knew is asked again.
KNEW = (0.86, 0.74, 0.41, 0.91, 0.63, 0.33, 0.79, 0.68, 0.52, 0.88)
AGAIN, KNEW_AGAIN = 5, 0.84
SPEAKERS = (
    ("Dra. Wening Pratiwi, M.Si.", "Bawaslu Kabupaten Arunika"),
    ("Bagas Nugroho, S.H., M.H.", "Inspektorat Daerah"),
)


class Hall(NamedTuple):
    """A session that is being told, with who came and by which chance they answered."""

    session: LiveSession
    who: Sequence[LiveParticipant]
    #: Who stays to the end and who does other things meanwhile: her share of answers, by her place.
    zeal: Sequence[float]
    rng: random.Random


def hold(region: DemoRegion, catalog: Catalog) -> None:
    """Last week, three days ago, and tomorrow; the caller commits."""
    rng = random.Random(SEED)  # noqa: S311 - a story, not a secret
    papers = _papers(catalog, len(KNEW), rng)
    root, village, yusuf = region.units["00"], region.units["40.3"], region.cast["yusuf"]
    cast = {person.id for person in region.cast.values()}
    others = [person for person in region.people if person.id not in cast]
    webinar = _said(root, "Netralitas di gawai: boleh atau tidak?", -7, needed=6, asks_sure=True)
    _told(webinar, papers, yusuf, rng.sample(others, min(CROWD, len(others))), rng)
    at_home = [person for person in others if person.unit_id == village.id][:VILLAGERS]
    briefing = _said(
        village,
        "Netralitas perangkat desa",
        -3,
        place="Balai Desa Sumber Asri",
        kind=EventKind.SOCIALISATION,
        gives=Gives.CERTIFICATE,
        needed=3,
    )
    _told(briefing, papers[:5], yusuf, at_home, rng)
    next_one = _said(
        root, "Sesudah calon ditetapkan: apa yang berubah?", 1, gives=Gives.CERTIFICATE, needed=5
    )
    arranging.prepare(next_one, papers[::-1], yusuf)


def _papers(catalog: Catalog, count: int, rng: random.Random) -> list[Paper]:
    """One of each topic, so that a report shows how wide the field is."""
    by_topic: dict[str, list[Paper]] = {}
    for paper in questions_for(catalog.on_show):
        by_topic.setdefault(paper.topic, []).append(paper)
    topics = sorted(by_topic, key=lambda topic: (-len(by_topic[topic]), topic))[:count]
    return [rng.choice(by_topic[topic]) for topic in topics]


def _said(unit: Unit, title: str, days: int, **other: object) -> Said:
    """At nine in the morning, so many days from today; of two hours."""
    day = clock.today(unit.agency.zone) + timedelta(days=days)
    starts = start_of(day, unit.agency.zone) + timedelta(hours=9)
    given = {"unit": unit, "title": title, "speakers": SPEAKERS} | other
    return Said(starts_at=starts, ends_at=starts + timedelta(hours=2), **given)  # type: ignore[arg-type]  # names of its fields


def _told(
    said: Said, papers: list[Paper], host: Person, people: Sequence[Person], rng: random.Random
) -> None:
    """A session from its lobby to its end, and what it gave."""
    session = arranging.prepare(said, papers, host)
    session.lobby_at = said.starts_at - timedelta(minutes=20)
    session.started_at = said.starts_at
    zeal = rng.choices((0.96, 0.45), (9, 1), k=len(people))
    hall = Hall(session, _participants(session, people, rng), zeal, rng)
    at = said.starts_at
    for question, knew in zip(questions_of(session.id), KNEW, strict=False):
        _asked(hall, question, at, knew)
        at += timedelta(minutes=EACH)
        if question.place - 1 == AGAIN:
            _asked(hall, question, at, KNEW_AGAIN, number=2)
            at += timedelta(minutes=EACH)
    session.ended_at = at
    session.version = 40
    _seen(hall, at)
    db.session.flush()
    session.digest = tallies.digest_of(session.id)
    clock.shift(at - clock.now())
    try:
        trail.record(Action.LIVE_OPENED, session, actor=host, title=session.title)
        told = {"joined": len(people), "runs": tallies.by_run(session.id)}
        trail.record(Action.LIVE_ENDED, session, actor=host, digest=session.digest, **told)
        ending.give(session, lambda *_: None)
    finally:
        clock.reset()


def _participants(
    session: LiveSession, people: Sequence[Person], rng: random.Random
) -> list[LiveParticipant]:
    began = session.starts_at - timedelta(minutes=25)
    rows = [
        LiveParticipant(
            session_id=session.id,
            person_id=person.id,
            joined_at=began + timedelta(minutes=rng.triangular(0, 45, 12)),
        )
        for person in people
    ]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _asked(hall: Hall, question: LiveQuestion, at: datetime, knew: float, number: int = 1) -> None:
    """One opening with its answers, as its reveal left it."""
    paper = thaw(question.paper)
    phase = paper.asked_in(None)
    closes_at = at + timedelta(seconds=OPEN)
    run = LiveRun(
        session_id=hall.session.id,
        question_id=question.id,
        phase=phase,
        round=number,
        opens_at=at,
        closes_at=closes_at,
    )
    db.session.add(run)
    db.session.flush()
    right = paper.key(phase).verdict
    rng = hall.rng
    there = [one for one, zeal in zip(hall.who, hall.zeal, strict=True) if rng.random() < zeal]
    rows = [row for one in there if (row := _answer(hall, run, one, right, knew))]
    if rows:
        db.session.execute(sa.insert(LiveAnswer), rows)
    run.tally, run.revealed_at = tallies.of_run(run.id).as_json(), closes_at + SLOT / 30


def _answer(
    hall: Hall, run: LiveRun, one: LiveParticipant, right: str, knew: float
) -> dict[str, object] | None:
    """What somebody answered; None where she had not come yet."""
    rng = hall.rng
    if one.joined_at is None or one.joined_at > run.closes_at:
        return None
    wrong = [verdict.value for verdict in Verdict if verdict.value != right]
    choice = right if rng.random() < knew else rng.choices(wrong, (4, 1))[0]
    is_late = rng.random() < 0.02
    received_at = run.closes_at + timedelta(seconds=5 if is_late else -rng.uniform(2, OPEN - 5))
    return {
        "run_id": run.id,
        "participant_id": one.id,
        "choice": choice,
        "is_sure": rng.random() < 0.55 if hall.session.asks_sure else None,
        "seq": int(received_at.timestamp() * 1000),
        "received_at": received_at,
        "timing": Timing.NETWORK_LATE if is_late else Timing.ON_TIME,
    }


def _seen(hall: Hall, until: datetime) -> None:
    rows = [
        {"participant_id": one.id, "slot": slot}
        for one in hall.who
        if one.joined_at is not None
        for slot in range(slot_of(one.joined_at), slot_of(until) + 1)
        if hall.rng.random() < 0.93
    ]
    db.session.execute(sa.insert(LivePresence), rows)
