"""First judgements are counted once, without a name, and stay when the answers are forgotten."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.agencies.job_kinds import JobKind
from app.core import clock
from app.judgements import operations
from app.judgements.models import FirstJudgements, ItemMark, Source
from app.judgements.queries import items_of
from app.learning import operations as learning
from app.learning import queries
from app.learning.models import CaseAnswer
from app.learning.retention import forget_cases
from tests import learners, webinars


@pytest.fixture(autouse=True)
def _clock():
    yield
    clock.reset()


def counted(db, source: Source) -> dict[str, tuple[int, int]]:
    """People and right by unit name's id and case, of one source."""
    rows = db.scalars(sa.select(FirstJudgements).filter_by(source=source))
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        people, right = found.get(f"{row.unit_id}:{row.scenario}", (0, 0))
        found[f"{row.unit_id}:{row.scenario}"] = people + row.people, right + row.right
    return found


def count_tomorrow(db) -> int:
    clock.shift(timedelta(days=1, hours=2))
    done = operations.count_all()
    db.commit()
    return done


def lesson_of(app):
    lesson = learners.course_of(app).lessons[0]
    return lesson, queries.cases_of(lesson, learners.catalog_of(app))[0]


def judges(app, person, *, right: bool):
    lesson, case = lesson_of(app)
    verdict = case.ruling.verdict.value
    choice = verdict if right else next(v for v in ("boleh", "tidak-boleh") if v != verdict)
    learning.answer_case(learners.enrolled(app, person), lesson, case, choice)
    return case.scenario.id


def test_answers_of_a_day_are_counted_by_unit_once_and_not_before_it_is_over(app, db, cast):
    case = judges(app, cast.sari, right=True)
    judges(app, cast.budi, right=False)
    db.commit()
    assert operations.count_all() == 0  # today is not over
    assert count_tomorrow(db) == 2
    assert count_tomorrow(db) == 0  # nothing new: nothing twice
    assert counted(db, Source.LESSON) == {
        f"{cast.clinic.id}:{case}": (1, 1),
        f"{cast.education.id}:{case}": (1, 0),
    }
    assert not counted(db, Source.PRACTICE)


def test_the_next_days_are_added_to_the_count(app, db, cast):
    case = judges(app, cast.sari, right=True)
    db.commit()
    count_tomorrow(db)
    cast.budi.unit = cast.clinic
    judges(app, cast.budi, right=False)
    db.commit()
    count_tomorrow(db)
    assert counted(db, Source.LESSON) == {f"{cast.clinic.id}:{case}": (2, 1)}


def test_counts_stay_when_answers_are_forgotten(app, db, cast):
    learners.signed(app, cast.sari)
    db.commit()
    count_tomorrow(db)
    before = counted(db, Source.LESSON)
    assert before
    assert forget_cases(clock.now(), None)
    assert not db.scalar(sa.select(sa.func.count(CaseAnswer.id)))
    assert counted(db, Source.LESSON) == before


def test_whoever_restricted_her_data_is_not_counted(app, db, cast):
    judges(app, cast.sari, right=True)
    judges(app, cast.budi, right=True)
    cast.sari.restricted_at = clock.now()
    db.commit()
    assert count_tomorrow(db) == 1


def test_a_case_that_practice_asks_again_counts_as_it_was_judged_first(app, db, cast):
    catalog, course = learners.catalog_of(app), learners.course_of(app)
    enrolment = learners.enrolled(app, cast.sari)
    turn = learning.draw_turn(enrolment, course, catalog)
    case = catalog.case(turn.scenario, turn.phase)
    learning.answer_turn(
        turn, case, "bergantung" if case.ruling.verdict != "bergantung" else "boleh"
    )
    again = {"enrolment_id": enrolment.id, "scenario": turn.scenario, "phase": turn.phase}
    db.add(CaseAnswer(place="latihan-0002", choice=case.ruling.verdict.value, is_right=True,
                      answered_at=clock.now(), **again))  # fmt: skip
    db.commit()
    count_tomorrow(db)
    assert counted(db, Source.PRACTICE) == {f"{cast.clinic.id}:{turn.scenario}": (1, 0)}
    assert not counted(db, Source.LESSON)


def test_of_papers_the_first_counts_and_gives_each_question_its_marks(app, db, cast):
    attempt = learners.failed(app, cast.sari)
    total = len(attempt.paper["questions"])
    right = attempt.score_percent
    db.commit()
    count_tomorrow(db)
    papers = counted(db, Source.PAPER)
    assert sum(people for people, _ in papers.values()) == total
    assert sum(right for _, right in papers.values()) == total - 12
    items = items_of(learners.SLUG)
    assert len(items) == total
    assert {mark.rest for item in items.values() for mark in item.marks} <= {total - 12, total - 13}
    assert right < 100
    assert db.scalar(sa.select(sa.func.sum(ItemMark.people))) == total


def test_a_webinar_counts_first_rounds_and_who_was_sure(app, db, cast):
    session = webinars.in_lobby(cast, 1, asks_sure=True)
    room = webinars.crowd(session, cast.health, 12)
    webinars.asked(session, right=room[:4], wrong=room[4:9], sure_wrong=room[9:])
    webinars.asked(session, right=room, name="again")  # after the discussion all know
    webinars.order(session, "end")
    count_tomorrow(db)
    row = db.scalars(sa.select(FirstJudgements).filter_by(source=Source.WEBINAR)).one()
    assert (row.unit_id, row.job_kind) == (cast.health.id, JobKind.STAFF)
    assert (row.people, row.right, row.asked_sure, row.sure_wrong) == (12, 4, 12, 3)


def test_no_table_of_counts_knows_a_person(app):
    for table in (FirstJudgements.__table__, ItemMark.__table__):
        assert not {"people.id", "enrolments.id"} & {
            key.target_fullname for column in table.c for key in column.foreign_keys
        }
