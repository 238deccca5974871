"""Who a session belongs to: plain values for every page, rows only for views that ask."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import operations, queries, roles
from app.accounts.models import Role
from app.core import clock
from app.core.db import db as database
from app.elections import operations as elections
from app.elections.calendars import Dates, Election
from app.elections.operations import Said
from tests import learners
from tests.people import PASSWORD, account_with_password


def statements(app, act) -> list[str]:
    """What the database was asked while `act` ran."""
    heard: list[str] = []
    note = lambda *event: heard.append(event[2])  # noqa: E731
    with app.app_context():
        engine = database.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    act()
    sa.event.remove(engine, "before_cursor_execute", note)
    return [one for one in heard if one.startswith(("SELECT", "UPDATE", "INSERT"))]


def test_a_lesson_that_was_opened_before_costs_two_questions(app, db, cast, sign_in):
    """Who reads, and how far she is; once a minute, which stage of an election it is."""
    learners.enrolled(app, cast.sari)
    db.commit()
    browser = sign_in(cast.sari)
    page = f"/kursus/{learners.SLUG}/pelajaran/1"
    browser.get(page)  # notes that it was opened
    app.extensions["elections_today"].clear()  # whatever a test before this one looked at
    assert len(statements(app, lambda: browser.get(page))) == 3
    assert len(statements(app, lambda: browser.get(page))) == 2


def test_an_election_in_a_village_costs_no_page_another_question(app, db, cast, sign_in):
    """Where somebody works comes with who she is."""
    day = clock.today(cast.agency.zone)
    dates = Dates(*(day + timedelta(days=number) for number in (-2, 5, 60, 65, 90)))
    name = "Pemilihan Kepala Desa Sumber Asri"
    elections.add_calendar(cast.agency, Said(Election.VILLAGE, name, dates), None)
    learners.enrolled(app, cast.sari)
    db.commit()
    browser, page = sign_in(cast.sari), f"/kursus/{learners.SLUG}/pelajaran/1"
    assert name not in browser.get(page).text
    assert len(statements(app, lambda: browser.get(page))) == 2


def test_a_question_of_a_quiz_costs_three(app, db, cast, sign_in):
    """Who reads, the paper, and what was saved."""
    attempt = learners.sitting(app, cast.sari)
    db.commit()
    path = f"/percobaan/{attempt.id}/soal/1"
    browser = sign_in(cast.sari)
    assert len(statements(app, lambda: browser.get(path))) == 3


def test_an_answer_costs_one_question_and_one_update(app, db, cast, sign_in):
    attempt = learners.sitting(app, cast.sari)
    db.commit()
    path = f"/percobaan/{attempt.id}/soal/1"
    browser = sign_in(cast.sari)
    asked = statements(app, lambda: browser.post(path, json={"choice": "boleh"}))
    assert [one.split()[0] for one in asked] == ["SELECT", "UPDATE"]


@pytest.mark.parametrize("days", [0, 8])
def test_who_signs_in_and_has_nothing_to_be_told_is_not_asked_about(
    app, db, cast, client, wait, days
):
    """Her password is her first, or is old: neither codes nor her instansi are looked at."""
    account = account_with_password(db, cast.sari.id)
    account.password_changed_at = account.activated_at + timedelta(seconds=bool(days))
    form = {"number": cast.sari.number, "password": PASSWORD}
    db.commit()
    wait(days=days)
    asked = statements(app, lambda: client.post("/masuk", data=form))
    assert [one for one in asked if "INTO sign_ins" in one]
    needless = ("FROM activation_codes", "FROM agencies")
    assert not [one for one in asked if any(table in one for table in needless)]


def test_a_reader_holds_every_role_on_its_own_units(db, cast):
    roles.grant(cast.sari, Role.UNIT_ADMIN, cast.education, None, reason="Uji")
    roles.grant(cast.sari, Role.AUDITOR, cast.health, None, reason="Uji")
    account = account_with_password(db, cast.sari.id)
    _, token = operations.open_session(account, device="Uji", network="127.0.0.0/24")
    db.commit()
    reader = queries.reader_by(operations.digest(token))
    assert (reader.id, reader.full_name) == (cast.sari.id, cast.sari.full_name)
    assert reader.roles == {Role.LEARNER, Role.UNIT_ADMIN, Role.AUDITOR}
    assert reader.scope(Role.UNIT_ADMIN).paths == (cast.education.path,)
    assert reader.scope(Role.HR_ADMIN).paths == ()
    assert reader.seen_at <= clock.now()
