"""A service that cannot answer just now says so, what is safe, and when to ask again."""

import pytest
from flask import Response
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import ServiceUnavailable

from app.accounts.passwords import TooBusy
from app.accounts.throttle import BrakesUnavailable
from app.audit.trail import OtherKey
from app.core.errors import DomainError
from app.credentials.press import SealUnavailable
from app.editing.operations import BoxFull
from app.sealing import examiner

LOCKED = OperationalError("SELECT 1", {}, Exception("database is locked"))
#: Whatever may become a 503, and after how many seconds its page may be asked for again.
KINDS = {
    "locked": (LOCKED, "60"),
    "no connection free": (PoolTimeout("QueuePool"), "60"),
    "seal": (SealUnavailable(), "900"),
    "brakes": (BrakesUnavailable(), "180"),
    "busy": (TooBusy(), "10"),
    "http": (ServiceUnavailable(), "60"),
}


@pytest.fixture
def report(sign_in, cast, monkeypatch):
    """`report(fault)` asks for the report while it meets a fault."""
    browser = sign_in(cast.dewi)

    def ask(fault: Exception, **headers: str) -> Response:
        def fail(*_args):
            raise fault

        monkeypatch.setattr("app.reports.queries.coverage", fail)
        return browser.get("/laporan", headers=headers)

    return ask


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_is_told_to_come_back_and_when(report, kind):
    fault, seconds = KINDS[kind]
    answer = report(fault)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == seconds
    assert "Jawaban dan dokumen yang sudah tersimpan tetap aman" in answer.text
    assert "Traceback" not in answer.text
    assert report(fault, Accept="application/json").headers["Retry-After"] == seconds


def test_a_page_that_answers_names_no_time(sign_in, cast):
    """Control."""
    assert "Retry-After" not in sign_in(cast.dewi).get("/laporan").headers


def test_every_error_of_ours_that_means_not_now_says_when():
    """A room that adds one is reminded here to choose how long people should wait."""
    unavailable = {kind for kind in _all_below(DomainError) if kind.status == 503}
    known = {SealUnavailable, BrakesUnavailable, TooBusy, BoxFull, OtherKey, examiner.TooBusy}
    assert unavailable == known
    assert all(kind.seconds for kind in unavailable)


def _all_below(kind: type) -> set[type]:
    return {kind} | {found for below in kind.__subclasses__() for found in _all_below(below)}
