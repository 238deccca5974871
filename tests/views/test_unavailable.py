"""A database that does not answer gives a page that says what is safe, not a fault."""

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout


@pytest.mark.parametrize(
    "fault",
    [OperationalError("SELECT 1", {}, Exception("database is locked")), PoolTimeout("QueuePool")],
    ids=["locked", "no connection free"],
)
def test_a_reader_is_told_to_come_back(sign_in, cast, monkeypatch, fault):
    def fail(*_args):
        raise fault

    browser = sign_in(cast.dewi)
    monkeypatch.setattr("app.reports.queries.coverage", fail)
    answer = browser.get("/laporan")
    assert answer.status_code == 503
    assert "Traceback" not in answer.text
