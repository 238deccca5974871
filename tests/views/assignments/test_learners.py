"""Learners see what is wajib, with its date and who asks; closed doors say why they are closed."""

from datetime import timedelta

from app.agencies import operations as roster
from app.core import clock
from tests import learners
from tests.operations.assignments.test_assignments import _as, assigned, today


def test_home_and_courses_say_what_is_asked_by_when_and_by_whom(app, db, cast, sign_in):
    assigned(app, cast.health)
    db.commit()
    sari, budi = sign_in(cast.sari), sign_in(cast.budi)
    assert "Diminta oleh Sekretaris Daerah." in sari.get("/").text
    page = sari.get("/kursus").text
    assert page.index("Netralitas ASN") < page.index("Pilihan")
    assert "Diminta oleh" not in budi.get("/").text + budi.get("/kursus").text


def test_a_closed_unit_says_who_opens_it_and_lets_nobody_in(app, db, cast, sign_in):
    roster.correct_person(cast.rina, _as(cast.rina, "Kepala Dinas Kesehatan"), None)
    assigned(app, cast.health, leaders_until=today() + timedelta(days=9))
    db.commit()
    sari, course = sign_in(cast.sari), f"/kursus/{learners.SLUG}"
    for page in ("/", "/kursus", course):
        assert "Dibuka setelah Rina Kusuma, S.K.M. menandatangani" in sari.get(page).text
    answer = sari.post(f"{course}/mulai", follow_redirects=True)
    assert answer.request.path == course
    assert "Dibuka setelah" in answer.text
    assert sari.get(f"{course}/pelajaran/1").status_code in (302, 303)
    rina = sign_in(cast.rina).post(f"{course}/mulai", follow_redirects=True)
    assert rina.request.path == f"{course}/pelajaran/1"


def test_a_new_cycle_is_offered_and_the_round_before_is_history(app, db, cast, sign_in):
    learners.signed(app, cast.sari)
    clock.shift(timedelta(days=40))
    assigned(app, cast.health, earlier_counts=False)
    db.commit()
    sari, course = sign_in(cast.sari), f"/kursus/{learners.SLUG}"
    assert "Kerjakan lagi" in sari.get(course).text
    answer = sari.post(f"{course}/mulai", follow_redirects=True)
    assert answer.request.path == f"{course}/pelajaran/1"
    page = sari.get("/kursus").text
    assert "Riwayat edisi terdahulu" in page
    assert "ditandatangani" in page
