"""A request is asked once, answered once by somebody else, and what is granted happens."""

import json

import pytest
import sqlalchemy as sa

from app.accounts import operations as accounts
from app.accounts.models import Role, SignIn
from app.agencies import operations as roster
from app.audit import verifying
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import NotFound
from app.credentials import queries as credentials
from app.credentials.models import Credential
from app.learning.models import CaseAnswer
from app.quizzes import queries as quizzes
from app.quizzes.models import Attempt, AttemptAnswer
from app.rights import letting_go, operations, queries
from app.rights.models import DataRequest, Outcome, Wish
from tests import learners, people

WHY = "Jabatan saya seharusnya Perawat Ahli Muda."
SO = "Sudah kami betulkan menurut SK Anda."


def count(db, model) -> int:
    return db.scalar(sa.select(sa.func.count()).select_from(model))


def deeds(db) -> list[tuple[str, int | None, dict]]:
    entries = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id))
    return [(one.action, one.actor_id, json.loads(one.data)) for one in entries]


def test_she_asks_and_the_hr_admin_of_her_scope_answers_and_both_are_recorded(db, cast):
    asked = operations.ask(cast.sari, Wish.CORRECTION, WHY)
    operations.answer(asked, Outcome.GRANTED, SO, cast.dewi)
    db.commit()
    assert deeds(db)[-2:] == [
        ("data.requested", cast.sari.id, {"wish": "correction"}),
        ("data.answered", cast.dewi.id, {"outcome": "granted", "wish": "correction"}),
    ]
    assert queries.requests_of(cast.sari)[0].answer == SO
    assert verifying.first_fault() is None


def test_the_same_is_not_asked_twice_until_it_is_answered(db, cast):
    first = operations.ask(cast.sari, Wish.CORRECTION, WHY)
    with pytest.raises(operations.AlreadyAsked):
        operations.ask(cast.sari, Wish.CORRECTION, WHY)
    operations.ask(cast.sari, Wish.ERASURE, WHY)
    operations.answer(first, Outcome.REFUSED, SO, cast.dewi)
    operations.ask(cast.sari, Wish.CORRECTION, WHY)
    assert count(db, DataRequest) == 3


def test_an_answer_stands_and_nobody_answers_her_own(db, cast):
    asked = operations.ask(cast.dewi, Wish.ERASURE, WHY)
    with pytest.raises(operations.YourOwn):
        operations.answer(asked, Outcome.GRANTED, SO, cast.dewi)
    operations.answer(asked, Outcome.REFUSED, SO, None)
    with pytest.raises(operations.AlreadyAnswered):
        operations.answer(asked, Outcome.GRANTED, SO, None)
    assert asked.outcome is Outcome.REFUSED


def test_a_desk_sees_its_own_people_and_nobody_elses(db, cast):
    asked = operations.ask(cast.sari, Wish.CORRECTION, WHY)
    here = people.scope_of(cast.dewi, Role.HR_ADMIN)
    there = people.scope_of(cast.stranger_admin, Role.HR_ADMIN)
    assert queries.open_requests_in(here) == [asked]
    assert queries.open_requests_in(there) == []
    with pytest.raises(NotFound):
        queries.request_in(there, asked.id)


@pytest.fixture
def completed(app, db, cast):
    """Sari failed once, then passed and signed; an old device of hers was signed out."""
    failed = learners.failed(app, cast.sari)
    account = people.account_with_password(db, cast.sari.id)
    old, _ = accounts.open_session(account, device="Chrome", network="10.0.0.0/24")
    accounts.sign_out(old)
    accounts.open_session(account, device="Firefox", network="10.0.1.0/24")
    db.commit()
    return failed


def complete(db, failed: Attempt) -> None:
    """As if the course had been passed at another attempt and signed."""
    now = clock.now()
    enrolment = failed.enrolment
    enrolment.passed_at = enrolment.signed_at = enrolment.completed_at = now
    enrolment.score_percent = 90
    db.flush()


def test_what_is_erased_goes_and_what_carries_a_document_stays(app, db, cast, completed, wait):
    complete(db, completed)
    learners.signed(app, cast.budi)
    db.commit()
    wait(minutes=1)
    before = {model: count(db, model) for model in (CaseAnswer, AttemptAnswer, SignIn)}
    asked = operations.ask(cast.sari, Wish.ERASURE, WHY)
    operations.answer(asked, Outcome.GRANTED, SO, cast.dewi)
    db.commit()
    gone = deeds(db)[-1]
    assert gone[:2] == ("data.erased", cast.dewi.id)
    assert gone[2]["sessions"] == 1
    assert gone[2]["cases"] == before[CaseAnswer] - count(db, CaseAnswer) > 0
    assert gone[2]["answers"] == before[AttemptAnswer] - count(db, AttemptAnswer) > 0
    assert count(db, SignIn) == before[SignIn] - 1
    # Budi's rows, her attempt with its score, and every document are as they were.
    assert db.get(Attempt, completed.id).score_percent is not None
    assert quizzes.answers_of(completed) == {}
    assert count(db, AttemptAnswer) > 0
    assert count(db, CaseAnswer) > 0
    assert len(credentials.credentials_of(cast.budi)) == count(db, Credential) == 2


def test_a_course_that_goes_on_loses_nothing(db, cast, completed, wait):
    before = count(db, CaseAnswer), count(db, AttemptAnswer)
    wait(days=4000)
    assert letting_go.erase(cast.sari, cast.dewi)["cases"] == 0
    assert (count(db, CaseAnswer), count(db, AttemptAnswer)) == before


def test_who_is_restricted_is_forgotten_by_no_rule_until_she_ends_it(
    app, db, cast, completed, wait
):
    asked = operations.ask(cast.sari, Wish.RESTRICTION, WHY)
    operations.answer(asked, Outcome.GRANTED, SO, cast.dewi)
    complete(db, completed)
    wait(days=4000)
    rules = letting_go.rules(app.config["RAMBU"])
    kept = ("sessions", "codes", "cases", "answers", "choices", "copies", "requests")
    kept = (*kept, "password_requests")
    assert {rule.name: rule.forget() for rule in rules if rule.name != "roles"} == dict.fromkeys(
        kept, 0
    )
    assert operations.end_restriction(cast.sari)
    assert not operations.end_restriction(cast.sari)
    gone = {rule.name: rule.forget() for rule in rules}
    assert gone["sessions"] == 2
    assert gone["cases"] > 0
    assert gone["answers"] > 0
    assert gone["requests"] == 1
    assert roster.end_restriction(cast.sari, None) is False


def test_each_rule_waits_for_its_own_days(app, db, cast, completed, wait):
    complete(db, completed)
    rules = {rule.name: rule for rule in letting_go.rules(app.config["RAMBU"])}
    wait(days=89)
    assert rules["sessions"].forget() == 0
    wait(days=2)
    assert rules["sessions"].forget() == 2
    assert rules["cases"].forget() == 0
    db.commit()
    assert deeds(db)[-1] == ("data.forgotten", None, {"rows": 2, "days": 90})


def test_the_dry_run_of_the_job_counts_every_kind(app, db, cast, completed, wait):
    complete(db, completed)
    db.commit()
    wait(days=4000)
    said = app.test_cli_runner().invoke(args=["jobs", "retention", "--dry-run"]).output
    assert "perangkat yang sudah keluar (90 hari): 2 akan dihapus" in said
    assert count(db, SignIn) == 2
    for kind in letting_go.KINDS:
        assert kind.label in said


def test_the_operator_lists_and_answers(app, db, cast):
    asked = operations.ask(cast.dewi, Wish.CORRECTION, WHY)
    db.commit()
    run = app.test_cli_runner().invoke
    assert WHY in run(args=["rights", "list"]).output
    assert "tidak ada" in run(args=["rights", "answer", "999", "refused", "--text", SO]).output
    done = run(args=["rights", "answer", str(asked.id), "refused", "--text", SO])
    assert done.output == f"Permintaan {asked.id}: ditolak.\n"
    assert run(args=["rights", "list"]).output == ""
