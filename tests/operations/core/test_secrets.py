"""What goes wrong in the database is logged without the people it went wrong for."""

import logging

import pytest
import sqlalchemy as sa
from flask import Flask

from app.agencies.models import Person
from app.core.db import db as database

NAME = "Nama Yang Tidak Boleh Tercatat"


def fail(db, cast, **values) -> None:
    """Put in a row that the database refuses."""
    row = {"agency_id": cast.agency.id, "unit_id": cast.clinic.id, "name": NAME, "status": "pns"}
    db.execute(sa.insert(Person.__table__), row | values)


@pytest.mark.parametrize(
    "wrong", ["taken", "missing"], ids=["number of somebody else", "no number at all"]
)
def test_an_error_repeats_neither_the_statements_values_nor_the_row(db, cast, wrong):
    taken = cast.sari.number
    number = taken if wrong == "taken" else None
    with pytest.raises(sa.exc.IntegrityError) as caught:
        fail(db, cast, number=number)
    db.rollback()
    for error in (caught.value, caught.value.orig):
        for secret in (NAME, taken):
            assert secret not in str(error)
            assert secret not in repr(error)
    assert "people" in str(caught.value)  # control: it still says where


def test_a_fault_on_a_page_logs_no_name(app: Flask, sign_in, cast, db, monkeypatch, caplog):
    number = cast.sari.number

    def broken(*_args):
        fail(database.session, cast, number=number)

    browser = sign_in(cast.dewi)
    monkeypatch.setattr("app.reports.queries.coverage", broken)
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    try:
        with caplog.at_level(logging.ERROR):
            assert browser.get("/laporan").status_code == 500
    finally:
        app.testing, app.config["PROPAGATE_EXCEPTIONS"] = True, None
    assert "IntegrityError" in caplog.text
    assert NAME not in caplog.text
    assert number not in caplog.text
