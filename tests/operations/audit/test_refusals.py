"""Refusals are one entry a network and quarter of an hour, however many there were."""

import json
from collections import Counter

import pytest
import sqlalchemy as sa

from app.audit import refusals, verifying
from app.audit.models import AuditEntry, Refusal
from app.audit.refusals import Refused
from app.core import clock

OFFICE, HOME = "203.0.113.0/24", "198.51.100.0/24"


def said(db) -> list[dict]:
    db.commit()
    entries = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id))
    return [json.loads(entry.data) for entry in entries]


def test_ten_thousand_refusals_of_one_network_are_one_entry(db, wait):
    for number in range(10_000):
        refusals.note(Refused.FORM, OFFICE)
        if number % 1_000 == 0:
            refusals.flush()
    refusals.flush()
    wait(minutes=16)
    assert refusals.close() == 1
    (entry,) = said(db)
    assert (entry["network"], entry["counts"]) == (OFFICE, {"form": 10_000})
    assert verifying.first_fault() is None
    assert refusals.close() == 0


def test_networks_and_quarters_have_entries_of_their_own(db, wait):
    clock.shift(refusals._quarter(clock.now()) + refusals.QUARTER - clock.now())
    refusals.note(Refused.SIGN_IN, OFFICE, 7)
    refusals.note(Refused.SIGN_IN, HOME, 7)
    wait(minutes=15, seconds=10)
    refusals.note(Refused.BRAKE, OFFICE)
    refusals.flush()
    assert refusals.close() == 0, "the first quarter has been over for less than the grace"
    wait(minutes=16)
    assert refusals.close() == 3
    first, second, third = said(db)
    assert [first["network"], second["network"], third["network"]] == [HOME, OFFICE, OFFICE]
    assert first["accounts"] == {"7": 1}
    assert first["until"] == third["since"]


def test_a_flood_from_everywhere_fills_nothing(db, wait):
    for number in range(3_000):
        refusals.note(Refused.FORM, f"10.{number // 256}.{number % 256}.0/24")
    assert len(refusals._counted) <= refusals.TOLD_APART + 1
    refusals.flush()
    wait(minutes=16)
    assert refusals.close() == refusals.NAMED + 1
    entries = said(db)
    assert sum(Counter(entry["counts"])["form"] for entry in entries) == 3_000
    (others,) = [entry for entry in entries if entry["network"] == refusals.OTHERS]
    assert others["networks"] > 1_000


def test_what_cannot_be_written_is_kept(db, monkeypatch):
    refusals.note(Refused.FORM, OFFICE)
    with monkeypatch.context() as patch:
        patch.setattr(refusals, "_adding", lambda: sa.text("INSERT INTO nowhere VALUES (1)"))
        with pytest.raises(sa.exc.DBAPIError):
            refusals.flush()
    refusals.flush()
    db.rollback()
    assert db.scalar(sa.select(Refusal.count)) == 1


def test_a_refusal_waits_for_no_database(db, queries_of):
    with queries_of() as statements:
        refusals.note(Refused.FORM, OFFICE)
    assert statements == []


@pytest.mark.parametrize(
    ("path", "what"), [("/masuk", "form"), ("/keluar", "form"), ("/pegawai", "page")]
)
def test_refused_forms_and_pages_are_counted(app, db, cast, sign_in, path, what):
    browser = sign_in(cast.sari)
    app.config["WTF_CSRF_ENABLED"] = True
    browser.post(path) if what == "form" else browser.get(path)
    assert {key[2] for key in refusals._counted} == {what}
    assert set(refusals._counted.values()) == {1}
