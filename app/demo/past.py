"""The demo region with a past: some have learned, some have signed, so that reports can speak.

Fictional, seeded, and loaded only into an empty database that serves its own machine. What people
did goes through the real rules where it counts (papers, grades, pledges, numbers, audit trail);
the rest is written in bulk, so that the first start stays short.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.accounts import passwords, roles
from app.accounts.models import Account, Role
from app.agencies.models import Person
from app.agencies.nip import grouped
from app.catalog.model import Case, Catalog, Course, Lesson
from app.catalog.terms import Topic
from app.core import clock
from app.core.db import db
from app.demo import duties, posts, removal, webinars
from app.demo import region as region_of_demo
from app.demo.region import DemoRegion
from app.editing import operations as editing
from app.judgements import operations as judgements
from app.learning import operations as learning
from app.learning.documents import Evidence
from app.learning.models import CaseAnswer, Enrolment, LessonDone
from app.learning.queries import cases_of, lesson_place
from app.quizzes.grading import grade
from app.quizzes.models import Attempt, AttemptAnswer
from app.quizzes.paper import Paper, draw

SEED = 20_261_122
#: Everybody's in the demo, and nobody's anywhere else.
PASSWORD = "rambu-di-tepi-jalan"  # noqa: S105
#: The grace of a desk in the demo: a visitor need not set up a second factor, and may.
FOR_EVER = timedelta(days=36_500)
#: People whom benchmarks and README name.
SARI, DEWI = region_of_demo.SARI, region_of_demo.DEWI
#: Days before today on which the region began to learn.
FIRST_DAY = 45
EVIDENCE = ("Chrome di Android", "203.0.113.0/24")
#: Pages that need no sign-in.
ANYBODY = ("credentials.verification", "regulations.regulations", "guides.guides")
#: Shares of people who have come exactly so far, in an OPD of average zeal.
STAGES = {"nothing": 34, "started": 14, "learned": 9, "failed": 5, "passed": 8, "signed": 30}


#: Chance that a case of a topic is judged right at first; of others it is 0.78.
KNOWN = {Topic.SOCIAL_MEDIA: 0.55, Topic.FAMILY: 0.62, Topic.PHOTOS: 0.7, Topic.VILLAGES: 0.66}


@dataclass
class Story:
    """How far one person has come, and when she began."""

    person: Person
    stage: str
    began: datetime

    def has(self, *stages: str) -> bool:
        return self.stage in stages


def is_loaded() -> bool:
    """Whether this database holds the demo region."""
    try:
        removal.region()
    except removal.NoDemo:
        return False
    return True


def load(catalog: Catalog) -> None:
    """Fill an empty database. One transaction: all of it, or none."""
    region = region_of_demo.load_demo()
    rng = random.Random(SEED)  # noqa: S311 - a story, not a secret
    course = catalog.courses["netralitas-inti"]
    stories = _stories(region, rng)
    _open_accounts(region, stories)
    _study(stories, course, catalog, rng)
    _sign(stories, course, catalog)
    _ask(catalog)
    duties.assign(region, catalog)
    webinars.hold(region, catalog)
    judgements.count_all()
    db.session.commit()


def _ask(catalog: Catalog) -> None:
    """What strangers sent to the editors, and a case that does not answer everybody."""
    for question in posts.QUESTIONS:
        editing.send(question)
    case = catalog.on_show[0]
    for is_answered in (True, False, False):
        editing.count_answer(case, is_answered=is_answered)


def _stories(region: DemoRegion, rng: random.Random) -> list[Story]:
    """Zeal differs from OPD to OPD, as it does in life. The cast begins with nothing done."""
    zeal: dict[int, float] = {}
    cast = {person.id for person in region.cast.values()}
    stories = []
    for person in region.people:
        if person.id in cast:
            continue
        factor = zeal.setdefault(region.reporting_unit[person.unit_id], rng.uniform(0.15, 4.0))
        weights = [STAGES["nothing"] / factor, *list(STAGES.values())[1:]]
        stage = rng.choices(list(STAGES), weights)[0]
        ago = timedelta(days=rng.uniform(2, FIRST_DAY), minutes=rng.uniform(0, 600))
        stories.append(Story(person, stage, clock.now() - ago))
    return [story for story in stories if story.stage != "nothing"]


def _open_accounts(region: DemoRegion, stories: list[Story]) -> None:
    hashed = passwords.hashed(PASSWORD)
    opened = [(story.person.id, story.began) for story in stories]
    opened += [(person.id, clock.now()) for person in region.cast.values()]
    rows = [
        {
            "person_id": person_id,
            "password_hash": hashed,
            "activated_at": at,
            "password_changed_at": at,
            "factor_due_at": clock.now() + FOR_EVER,
        }
        for person_id, at in opened
    ]
    db.session.execute(sa.insert(Account), rows)
    for name, role, unit in region.grants:
        roles.grant(region.cast[name], Role(role), unit, None, reason="Peran contoh di daerah demo")
    db.session.flush()


def _study(stories: list[Story], course: Course, catalog: Catalog, rng: random.Random) -> None:
    """Enrolments, lessons, inline cases and quizzes, in bulk."""
    enrolments = [_enrolment(story, course) for story in stories]
    db.session.add_all(enrolments)
    db.session.flush()
    done, answers = [], []
    for story, enrolment in zip(stories, enrolments, strict=True):
        reached = rng.randint(1, 4) if story.has("started") else len(course.lessons)
        for lesson in course.lessons[:reached]:
            at = story.began + timedelta(minutes=8 * lesson.number)
            done.append({"enrolment_id": enrolment.id, "lesson": lesson.slug, "done_at": at})
            for case in cases_of(lesson, catalog):
                right = rng.random() < _chance(case, story.person.unit_id)
                answers.append(_case_answer(enrolment, lesson, case, right, at, rng))
    db.session.execute(sa.insert(LessonDone), done)
    db.session.execute(sa.insert(CaseAnswer), answers)
    pools = [catalog.pool(course, line) for line in course.blueprint.draws]
    for story, enrolment in zip(stories, enrolments, strict=True):
        if not story.has("started", "learned"):
            _sit(story, enrolment, course, pools, rng)
    db.session.flush()


def _enrolment(story: Story, course: Course) -> Enrolment:
    learned = None if story.has("started") else story.began + timedelta(hours=2)
    return Enrolment(
        person_id=story.person.id,
        agency_id=story.person.agency_id,
        course=course.slug,
        edition=course.edition,
        started_at=story.began,
        lessons_completed_at=learned,
    )


def _chance(case: Case, unit_id: int) -> float:
    """That somebody judges a case right at first: some topics and some units are harder."""
    return KNOWN.get(case.scenario.topic, 0.78) - 0.05 * (unit_id % 4)


def _case_answer(
    enrolment: Enrolment, lesson: Lesson, case: Case, right: bool, at: datetime, rng: random.Random
) -> dict[str, object]:
    key = case.ruling.verdict.value
    others = [verdict for verdict in ("boleh", "tidak-boleh", "bergantung") if verdict != key]
    return {
        "enrolment_id": enrolment.id,
        "place": lesson_place(lesson),
        "scenario": case.scenario.id,
        "phase": case.phase.value,
        "choice": key if right else rng.choice(others),
        "is_right": right,
        "answered_at": at,
    }


def _sit(
    story: Story,
    enrolment: Enrolment,
    course: Course,
    pools: Sequence[Sequence[Case]],
    rng: random.Random,
) -> None:
    """A failed attempt for some, then the one that decides."""
    at = story.began + timedelta(hours=3)
    number = 1
    if story.has("failed") or rng.random() < 0.25:
        _attempt(enrolment, draw(course, pools, rng.getrandbits(64)), number, at, 0.55, rng)
        number, at = 2, at + timedelta(hours=26)
    if story.has("failed"):
        return
    paper = draw(course, pools, rng.getrandbits(64))
    score = _attempt(enrolment, paper, number, at, 0.97, rng, must_pass=True)
    enrolment.passed_at, enrolment.score_percent = at, score


def _attempt(
    enrolment: Enrolment,
    paper: Paper,
    number: int,
    at: datetime,
    skill: float,
    rng: random.Random,
    *,
    must_pass: bool = False,
) -> int:
    """A submitted sitting; answers are drawn again until it failed, or passed where it must."""
    while True:
        chosen = {
            q.id: q.key if rng.random() < skill else _wrong(q.key, rng) for q in paper.questions
        }
        result = grade(paper, chosen)
        if result.passed == must_pass:
            break
    attempt = Attempt(
        enrolment_id=enrolment.id,
        number=number,
        paper=paper.freeze(),
        started_at=at - timedelta(minutes=14),
        submitted_at=at,
        score_percent=result.score_percent,
        passed=result.passed,
    )
    db.session.add(attempt)
    db.session.flush()
    rows = [
        {
            "attempt_id": attempt.id,
            "question": question.id,
            "position": position,
            "choice": chosen[question.id],
            "saved_at": at,
            "revision": 1,
        }
        for position, question in enumerate(paper.questions, start=1)
    ]
    db.session.execute(sa.insert(AttemptAnswer), rows)
    return result.score_percent


def _wrong(key: str, rng: random.Random) -> str:
    options = ("boleh", "kode-etik", "disiplin", "bergantung")
    return rng.choice([option for option in options if option != key])


def _sign(stories: list[Story], course: Course, catalog: Catalog) -> None:
    """Pledges in the order in which they were signed, each at its own moment."""
    signed = [story for story in stories if story.has("signed")]
    enrolments = {
        enrolment.person_id: enrolment
        for enrolment in db.session.scalars(
            sa.select(Enrolment).where(Enrolment.passed_at.is_not(None))
        )
    }
    device, network = EVIDENCE
    for story in sorted(signed, key=lambda story: _passed_at(enrolments[story.person.id])):
        enrolment = enrolments[story.person.id]
        moment = _passed_at(enrolment) + timedelta(minutes=9)
        clock.shift(moment - clock.now())
        try:
            learning.sign_pledge(enrolment, catalog, Evidence(clock.now(), device, network))
        finally:
            clock.reset()


def _passed_at(enrolment: Enrolment) -> datetime:
    assert enrolment.passed_at is not None, "only those who passed sign"
    return enrolment.passed_at


def welcome(url_of: Callable[[str], str]) -> str:
    """Who can sign in, and where to look first. `url_of` gives the whole address of an endpoint."""
    lines = [
        f"  {name:<8}{grouped(number):<24}{what:<38}{url_of(page)}"
        for name, number, what, page in region_of_demo.WELCOME
    ]
    return "\n".join(
        [
            "",
            f"Alamat Rambu: {url_of('home.home').rstrip('/')}  (Ctrl+C untuk berhenti)",
            "",
            f"Masuk di {url_of('accounts.sign_in')}; kata sandi semua orang di demo: {PASSWORD}",
            "",
            *lines,
            "",
            f"  Siapa pun: {'  '.join(map(url_of, ANYBODY))}",
            "",
        ]
    )
