"""What is over is forgotten each day; a dry run counts exactly that, and forgets nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app import RETENTION
from app.accounts import settings as accounts_settings
from app.accounts import throttle
from app.accounts.models import Brake, SignIn
from app.core import clock
from app.editing import settings as editing_settings
from app.editing.models import SentQuestion
from app.jobs import operations, queries, retention
from app.jobs.models import Job, State
from app.jobs.retention import KIND

ASKED = "bolehkah ikut jalan sehat calon bupati?"


def filled(db, sign_in, cast, wait) -> None:
    """One row of each kind, half a year old; and a young one of each."""
    for days in (200, 0):
        throttle.spend((throttle.SEND, f"203.0.113.{days}/24"))
        db.add(SentQuestion(text=ASKED, sent_on=clock.today()))
        operations.cancel(operations.ask("note", "a"))
        db.commit()
        sign_in(cast.sari)
        db.rollback()
        wait(days=days)


def counts(db) -> list[int]:
    db.rollback()
    tables = (SentQuestion, SignIn, Brake, Job)
    return [db.scalar(sa.select(sa.func.count()).select_from(table)) for table in tables]


def run(app, *options) -> list[str]:
    return app.test_cli_runner().invoke(args=["jobs", "retention", *options]).output.splitlines()


def test_a_dry_run_counts_what_the_run_forgets_and_forgets_nothing(app, db, cast, sign_in, wait):
    filled(db, sign_in, cast, wait)
    before = counts(db)
    said = run(app, "--dry-run")
    assert counts(db) == before
    assert run(app) == [line.replace("akan dihapus", "dihapus") for line in said]
    assert [one - other for one, other in zip(before, counts(db), strict=True)][::3] == [1, 1]
    assert "pertanyaan orang (180 hari): 1 akan dihapus" in said
    assert all(line.endswith(": 0 dihapus") for line in run(app))


@pytest.mark.parametrize(("days", "gone"), [(30, 1), (20, 2)])
def test_an_operator_says_for_how_long_what_is_nobodys_is_kept(
    app, db, cast, sign_in, wait, monkeypatch, days, gone
):
    filled(db, sign_in, cast, wait)
    wait(days=20)
    short = replace(app.config["RAMBU"], KEEP_QUESTIONS=days, KEEP_BRAKES=days, KEEP_JOBS=days)
    monkeypatch.setattr(editing_settings, "_days", days)
    told = replace(accounts_settings.current(), brakes_kept=timedelta(days=days))
    monkeypatch.setattr(accounts_settings, "_told", told)
    rules = [rule for rules_of in RETENTION for rule in rules_of(short)]
    found = {rule.name: (rule.label, count) for rule, count in retention.rehearsed(rules)}
    for name in ("questions", "jobs", "brakes"):
        label, count = found[name]
        assert f"({days} hari)" in label
        assert count == gone or name == "brakes"
    assert found["brakes"][1] >= gone


def test_the_worker_does_it_by_itself_once_a_day(app, db, cast, sign_in, wait):
    filled(db, sign_in, cast, wait)
    app.extensions["jobs"].round()
    db.rollback()
    job = queries.latest_job(KIND, clock.today().isoformat())
    assert (job.state, job.result["questions"], job.result["jobs"]) == (State.DONE, 1, 1)
    assert job.done == job.total == len(job.result)
