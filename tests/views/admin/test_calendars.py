"""/kalender: Dewi keeps the dates of elections, the auditor looks, nobody else finds the page."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import roles
from app.accounts.models import Role
from app.agencies import queries
from app.audit.models import AuditEntry
from app.core import clock
from app.elections import operations as deeds
from app.elections.calendars import Dates, Election
from app.elections.models import ElectionCalendar
from app.elections.operations import Said

#: Days from today: the candidates are not fixed yet.
DAYS = {
    "opens_on": -30,
    "candidates_fixed_on": 40,
    "campaign_from": 43,
    "campaign_until": 103,
    "voting_on": 107,
    "closes_on": 130,
}
NAME = "Pemilihan Bupati dan Wakil Bupati Arunika"


def dates(moved: int = 0) -> dict:
    today = clock.today()
    return {name: today + timedelta(days=days + moved) for name, days in DAYS.items()}


def form(moved: int = 0, **other) -> dict:
    typed = {name: day.isoformat() for name, day in dates(moved).items()}
    return {"election": "pilkada", "name": NAME, **typed, **other}


def main(response) -> str:
    return response.text.split("<main", 1)[1].split("</main>", 1)[0]


def kept(db) -> list[ElectionCalendar]:
    db.rollback()
    return list(db.scalars(sa.select(ElectionCalendar)))


@pytest.fixture
def calendar_id(db, cast):
    """A pilkada of the cast's agency."""
    made = deeds.add_calendar(cast.agency, Said(Election.REGIONAL, NAME, Dates(**dates())), None)
    db.commit()
    return made.id


def test_the_empty_page_says_why_a_calendar_matters(sign_in, cast):
    page = main(sign_in(cast.dewi).get("/kalender"))
    assert "penetapan calon" in page
    assert "Belum ada kalender" in page
    assert 'href="/kalender/baru"' in page


def test_dewi_adds_a_calendar_and_reads_the_stage_of_today(db, sign_in, cast):
    browser = sign_in(cast.dewi)
    answer = browser.post("/kalender/baru", data=form())
    assert (answer.status_code, answer.location) == (303, "/kalender")
    page = main(browser.get("/kalender"))
    assert NAME in page
    assert "Hari ini: <strong>Sebelum penetapan calon</strong>" in page
    assert "40 hari lagi" in page
    assert "Hari ini: Sebelum penetapan calon." in page  # the sentence after saving
    assert [one.candidates_fixed_on for one in kept(db)] == [dates()["candidates_fixed_on"]]


def test_the_stage_moves_on_with_the_days(sign_in, cast, calendar_id, wait):
    wait(days=40)
    page = main(sign_in(cast.dewi).get("/kalender"))
    assert "Sesudah penetapan calon, sebelum kampanye" in page
    assert "Calon sudah ditetapkan" in page
    wait(days=2)
    assert "besok" in main(sign_in(cast.dewi).get("/kalender"))
    wait(days=100)
    page = main(sign_in(cast.dewi).get("/kalender"))
    assert "Sudah selesai" in page
    assert "Tidak ada pemilihan yang sedang berjalan" in page


def test_a_calendar_is_corrected(db, sign_in, cast, calendar_id):
    browser, path = sign_in(cast.dewi), f"/kalender/{calendar_id}/ubah"
    assert f'value="{dates()["voting_on"].isoformat()}"' in browser.get(path).text
    browser.post(path, data=form(moved=7))
    assert kept(db)[0].dates == Dates(**dates(moved=7))
    assert "Tidak ada yang baru" in browser.post(path, data=form(7), follow_redirects=True).text


def test_the_opening_day_may_be_left_out(db, sign_in, cast):
    sign_in(cast.dewi).post("/kalender/baru", data=form(opens_on=""))
    assert kept(db)[0].opens_on is None


def test_dates_may_be_typed_as_people_write_them(db, sign_in, cast):
    typed = {name: f"{day:%d-%m-%Y}" for name, day in dates().items()}
    typed["voting_on"] = f"{dates()['voting_on']:%d/%m/%Y}"
    sign_in(cast.dewi).post("/kalender/baru", data=form(**typed))
    assert kept(db)[0].dates == Dates(**dates())


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"opens_on": "2090-01-01"}, "Penetapan calon harus sesudah"),
        ({"campaign_from": "2020-01-01"}, "Kampanye dimulai pada hari penetapan"),
        ({"campaign_until": "2020-01-01"}, "tidak boleh mendahului"),
        ({"voting_on": "2020-01-01"}, "Pemungutan suara harus sesudah"),
        ({"closes_on": "2020-01-01"}, "Hasil ditetapkan pada hari pemungutan"),
        ({"closes_on": "9999-12-31"}, "Tahunnya tidak lazim"),
        ({"voting_on": "31-02-2027"}, "Tulis tanggal yang ada di kalender"),
        ({"voting_on": ""}, "Isi tanggalnya"),
        ({"voting_on": "\0"}, "Tulis tanggal yang ada di kalender"),
        ({"election": "pilpres"}, "Pilih salah satu"),
        ({"name": ""}, "Isi namanya"),
        ({"name": " "}, "Nama harus memuat huruf"),
        ({"name": "123"}, "Nama harus memuat huruf"),
        ({"name": "a" * 121}, "terlalu panjang"),
        ({"name": "Pil\0kada"}, "huruf yang rusak"),
    ],
)
def test_what_cannot_be_comes_back_with_one_sentence_and_what_was_typed(
    db, sign_in, cast, other, sentence
):
    answer = sign_in(cast.dewi).post("/kalender/baru", data=form(**other))
    assert answer.status_code == 422
    assert sentence in main(answer)
    assert f'value="{dates()["candidates_fixed_on"].isoformat()}"' in answer.text
    assert kept(db) == []


def test_the_same_name_twice_is_refused(db, sign_in, cast, calendar_id):
    answer = sign_in(cast.dewi).post("/kalender/baru", data=form())
    assert answer.status_code == 422
    assert "sudah ada" in main(answer)
    assert len(kept(db)) == 1


def test_deleting_asks_first_and_is_recorded(db, sign_in, cast, calendar_id):
    browser, path = sign_in(cast.dewi), f"/kalender/{calendar_id}/hapus"
    assert NAME in main(browser.get(path))
    assert browser.post(path).status_code == 422
    assert len(kept(db)) == 1
    assert browser.post(path, data={"sure": "y"}).status_code == 303
    assert kept(db) == []
    actions = db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["calendar.added", "calendar.deleted"]
    assert browser.get(path).status_code == 404
    assert "Kalender pemilihan dihapus" in browser.get("/jejak").text


def test_the_auditor_looks_and_changes_nothing(db, sign_in, cast, calendar_id):
    browser = sign_in(cast.auditor)
    page = main(browser.get("/kalender"))
    assert NAME in page
    assert "/ubah" not in page
    assert "/kalender/baru" not in page
    for path in ("/kalender/baru", f"/kalender/{calendar_id}/ubah"):
        assert browser.post(path, data=form(moved=1)).status_code == 404
    assert browser.post(f"/kalender/{calendar_id}/hapus", data={"sure": "y"}).status_code == 404
    assert kept(db)[0].dates == Dates(**dates())


def test_who_administers_a_part_of_the_region_only_looks(db, sign_in, cast, calendar_id):
    roles.grant(cast.budi, Role.HR_ADMIN, cast.education, None, reason="Uji")
    db.commit()
    browser = sign_in(cast.budi)
    page = main(browser.get("/kalender"))
    assert NAME in page
    assert "/ubah" not in page
    assert browser.post("/kalender/baru", data=form()).status_code == 404
    assert browser.get(f"/kalender/{calendar_id}/hapus").status_code == 404


@pytest.mark.parametrize("who", ["sari", "rina", "yusuf"])
def test_nobody_else_finds_it(sign_in, cast, calendar_id, who):
    browser = sign_in(getattr(cast, who))
    for path in ("/kalender", "/kalender/baru", f"/kalender/{calendar_id}/ubah"):
        assert browser.get(path).status_code == 404
    assert "/kalender" not in browser.get("/").text


def test_another_region_s_calendar_does_not_exist(db, sign_in, cast, calendar_id):
    browser = sign_in(cast.stranger_admin)
    assert NAME not in browser.get("/kalender").text
    for deed in ("ubah", "hapus"):
        path = f"/kalender/{calendar_id}/{deed}"
        assert browser.get(path).status_code == 404
        assert browser.post(path, data=form(sure="y")).status_code == 404
    assert len(kept(db)) == 1


@pytest.mark.parametrize("who", ["dewi", "auditor"])
def test_the_menu_leads_there(sign_in, cast, who):
    assert 'href="/kalender"' in sign_in(getattr(cast, who)).get("/").text


def test_the_page_asks_for_no_more_as_calendars_grow(db, sign_in, cast, calendar_id, queries_of):
    browser = sign_in(cast.dewi)
    with queries_of() as few:
        browser.get("/kalender")
    for number in range(5):
        said = Said(Election.VILLAGE, f"Pilkades {number}", Dates(**dates(number)))
        deeds.add_calendar(queries.only_agency("arunika"), said, None)
    db.commit()
    with queries_of() as many:
        browser.get("/kalender")
    assert len(many) == len(few)
