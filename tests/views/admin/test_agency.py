"""How an agency heads and signs its letters: looked at first, then saved, and in the trail."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.agencies.letterhead import signature
from app.agencies.models import Agency
from app.audit.models import AuditEntry
from app.learning.documents import official_of

NEW = {
    "name": "Pemerintah Kabupaten Arunika", "office_name": "Badan Kepegawaian Daerah",
    "office_short": "BKD", "address": "Jalan Merdeka 1", "contact": "bkd@arunika.contoh",
    "city": "Kota Arunika", "official_prefix": "Plt.", "official_position": "Kepala Badan",
    "official_name": "Dra. Ratna, M.Si.", "official_rank": "Pembina Utama Muda (IV/c)",
    "official_number": "19700101 199503 2 001",
}  # fmt: skip


def test_a_look_saves_nothing_and_asks_for_no_code(db, sign_in, cast, wait):
    dewi, before = sign_in(cast.dewi), cast.agency.office_name
    wait(minutes=11)
    page = dewi.post("/instansi", data={**NEW, "act": "pratinjau"})
    assert "BADAN KEPEGAWAIAN DAERAH" in page.text
    assert "Plt. Kepala Badan," in page.text
    db.rollback()
    assert cast.agency.office_name == before
    assert dewi.post("/instansi", data={**NEW, "act": "simpan"}).status_code == 422


def test_what_is_saved_is_printed_and_recorded(db, sign_in, cast):
    dewi = sign_in(cast.dewi)
    assert dewi.post("/instansi", data={**NEW, "act": "simpan"}).status_code == 303
    db.rollback()
    agency = db.get(Agency, cast.agency.id)
    assert (agency.office_short, agency.official_number) == ("BKD", "197001011995032001")
    assert official_of(agency).position == "Plt. Kepala Badan"
    assert db.scalars(sa.select(AuditEntry.action)).all()[-1] == "agency.changed"


@pytest.mark.parametrize("wrong", [{"office_name": " "}, {"official_number": "1,97E+17"}])
def test_what_cannot_be_printed_is_refused(db, sign_in, cast, wrong):
    answer = sign_in(cast.dewi).post("/instansi", data={**NEW, **wrong, "act": "simpan"})
    assert answer.status_code == 422
    db.rollback()
    assert cast.agency.office_short == "BKPSDM"


def test_a_unit_admin_does_not_see_it(sign_in, cast):
    assert sign_in(cast.rina).get("/instansi").status_code == 404


@pytest.mark.parametrize(
    ("prefix", "lines"),
    [("Plt.", ["Plt. Kepala Badan,"]), ("a.n. Bupati", ["a.n. Bupati", "Kepala Badan,"]),
     ("", ["Kepala Badan,"])],
)  # fmt: skip
def test_the_signature_block_follows_tata_naskah(cast, prefix, lines):
    agency = cast.agency
    agency.official_prefix, agency.official_position = prefix, "Kepala Badan"
    block = signature(agency, date(2026, 11, 21))
    assert block[0].endswith(", 21 November 2026")
    assert list(block[1 : 1 + len(lines)]) == lines
    assert block[-1].startswith("NIP. ")
