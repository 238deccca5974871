"""Signing: identity as printed, every point, consent, and the password once more."""

import re

import pytest
import sqlalchemy as sa

from app.credentials.models import Credential, Kind
from app.learning.models import Enrolment
from tests import learners
from tests.people import PASSWORD

COURSE = f"/kursus/{learners.SLUG}"
PLEDGE = f"{COURSE}/pakta"


@pytest.fixture
def pledge(app):
    return learners.catalog_of(app).pledge(learners.course_of(app).pledge_edition)


@pytest.fixture
def browser(app, db, cast, sign_in):
    """Sari, who has passed."""
    learners.passed(app, cast.sari)
    db.commit()
    return sign_in(cast.sari)


@pytest.fixture
def ticks(pledge):
    points = {f"point_{number}": "y" for number in range(1, len(pledge.points) + 1)}
    return {**points, "consent": "y", "password": PASSWORD}


def issued(db) -> list[Kind]:
    kinds = list(db.scalars(sa.select(Credential.kind).order_by(Credential.id)))
    db.rollback()
    return kinds


def checked(page: str) -> int:
    boxes = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", page)
    return sum("checked" in box for box in boxes)


def test_the_page_shows_the_person_as_printed_and_every_point(browser, pledge):
    page = browser.get(PLEDGE).text
    for words in (
        "Sari Wulandari, A.Md.Kep.",
        "19900101 201503 2 001",
        "Penata Muda (III/a)",
        "Puskesmas Melati, Dinas Kesehatan",
        "Pemerintah Kabupaten Arunika",
        "Ada yang keliru?",
        pledge.consent,
        *pledge.points,
    ):
        assert words in page
    assert all(f"Saya memahami butir {n}" in page for n in range(1, len(pledge.points) + 1))
    assert checked(page) == 0


def test_signing_issues_both_documents_and_leads_to_them(db, browser, ticks):
    answer = browser.post(PLEDGE, data=ticks)
    assert (answer.status_code, answer.location) == (303, "/dokumen")
    assert issued(db) == [Kind.PLEDGE, Kind.CERTIFICATE]
    page = browser.get("/dokumen").text
    assert "800.1.8/0001" in page
    assert "800.1.6.2/0001" in page


def test_the_evidence_names_device_and_network_of_the_signature(db, browser, ticks):
    agent = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
    browser.post(PLEDGE, data=ticks, headers={"User-Agent": agent})
    stated = db.scalars(sa.select(Credential).filter_by(kind=Kind.PLEDGE)).one().stated
    assert stated.device == "Chrome di Android"
    assert stated.network.startswith("127.0.0.")
    assert stated.proved_at <= stated.signed_at


def test_a_wrong_password_signs_nothing_and_keeps_every_tick(db, browser, pledge, ticks):
    answer = browser.post(PLEDGE, data={**ticks, "password": "sandi-orang-lain"})
    assert answer.status_code == 422
    assert "Kata sandi tidak cocok" in answer.text
    assert "sandi-orang-lain" not in answer.text
    assert checked(answer.text) == len(pledge.points) + 1
    assert issued(db) == []
    assert browser.post(PLEDGE, data=ticks).location == "/dokumen"


@pytest.mark.parametrize("missing", ["point_1", "point_4", "consent", "password"])
def test_everything_must_be_given(db, browser, ticks, missing):
    answer = browser.post(PLEDGE, data={k: v for k, v in ticks.items() if k != missing})
    assert answer.status_code == 422
    assert f'href="#{missing}"' in answer.text
    assert issued(db) == []


def test_guessing_the_password_is_slowed_and_the_ticks_stay(db, browser, pledge, ticks):
    wrong = {**ticks, "password": "salah-terus-menerus"}
    answers = [browser.post(PLEDGE, data=wrong) for _ in range(8)]
    assert "Tunggu" in answers[-1].text
    assert checked(answers[-1].text) == len(pledge.points) + 1
    assert "Tunggu" in browser.post(PLEDGE, data=ticks).text
    assert issued(db) == []


def test_a_second_signature_finds_the_first(db, browser, ticks):
    for _ in range(2):
        assert browser.post(PLEDGE, data=ticks).location == "/dokumen"
    assert browser.get(PLEDGE).location == "/dokumen"
    assert issued(db) == [Kind.PLEDGE, Kind.CERTIFICATE]


def test_who_has_not_passed_is_sent_back_with_a_sentence(app, db, cast, sign_in, ticks):
    learners.failed(app, cast.budi)
    db.commit()
    browser = sign_in(cast.budi)
    for answer in (browser.get(PLEDGE), browser.post(PLEDGE, data=ticks)):
        assert (answer.status_code, answer.location) == (303, COURSE)
    assert "sesudah Anda lulus" in browser.get(COURSE).text
    assert issued(db) == []


def test_the_course_is_complete_and_says_so(db, browser, ticks):
    browser.post(PLEDGE, data=ticks)
    enrolment = db.scalars(sa.select(Enrolment)).one()
    assert enrolment.completed_at is not None
    db.rollback()
    assert "Kursus ini sudah tuntas" in browser.get(COURSE).text
