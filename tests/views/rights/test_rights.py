"""The page of one's own data and the desk that answers, as browsers meet them."""

import json
from datetime import timedelta

import sqlalchemy as sa

from app.audit.actions import Action
from app.audit.models import AuditEntry
from app.core import clock
from app.credentials.models import Credential
from app.jobs.queries import latest_job
from app.printing.facts import Holder
from app.rights import copies, deeds, operations
from app.rights.models import Outcome, Wish
from tests import learners
from tests.browser import let_go
from tests.nudged import waiting_jobs

ASK = {"wish": "correction", "text": "Gelar saya kurang satu: S.Kep."}
ANSWER = {"outcome": "granted", "text": "Sudah ditambahkan.", "sure": "y"}


def test_a_request_goes_to_the_desk_and_its_answer_comes_back(db, cast, sign_in):
    sari, dewi = sign_in(cast.sari), sign_in(cast.dewi)
    assert sari.post("/akun/data", data=ASK).status_code == 303
    assert "menunggu jawaban" in sari.get("/akun/data").text
    desk = dewi.get("/permintaan-data").text
    assert ASK["text"] in desk
    address = desk.split('href="/permintaan-data/')[1].split('"')[0]
    assert dewi.post(f"/permintaan-data/{address}", data=ANSWER).status_code == 303
    page = sari.get("/akun/data").text
    assert ANSWER["text"] in page
    assert "Dikabulkan" in page
    assert "Tidak ada permintaan yang menunggu" in dewi.get("/permintaan-data").text


def test_what_is_wrong_with_a_form_is_said_and_what_was_typed_stays(db, cast, sign_in):
    sari = sign_in(cast.sari)
    for typed, said in (
        ({**ASK, "text": "x"}, "5 sampai 500 huruf"),
        ({**ASK, "wish": "money"}, "Pilih salah satu."),
        ({**ASK, "text": "a" * 501}, "terlalu panjang"),
    ):
        page = sari.post("/akun/data", data=typed)
        assert page.status_code == 422
        assert said in page.text
    sari.post("/akun/data", data=ASK)
    again = sari.post("/akun/data", data=ASK)
    assert again.status_code == 422
    assert "masih menunggu jawaban" in again.text
    assert ASK["text"] in again.text


def test_an_hr_admin_is_told_that_she_does_not_answer_herself(db, cast, sign_in):
    asked = operations.ask(cast.dewi, Wish.ERASURE, "Hapus jawaban saya.")
    db.commit()
    page = sign_in(cast.dewi).post(f"/permintaan-data/{asked.id}", data=ANSWER)
    assert page.status_code == 422
    assert "admin kepegawaian lain" in page.text


def test_she_downloads_all_of_it_and_the_trail_knows(db, cast, sign_in):
    answer = sign_in(cast.sari).get("/akun/data.json")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "data-saya-" in answer.headers["Content-Disposition"]
    whole = json.loads(answer.text)
    assert whole["bagian"]["people"]["baris"][0]["number"] == cast.sari.number
    assert whole["bagian"]["audit_entries"]["baris"][-1]["action"] == "Data sendiri diunduh"
    last = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (last.action, last.actor_id) == ("data.exported", cast.sari.id)


def test_her_seventh_download_waits_and_budis_first_does_not(db, cast, sign_in):
    sari = sign_in(cast.sari)
    codes = [sari.get("/akun/data.json").status_code for _ in range(8)]
    assert codes[:6] == [200] * 6
    assert codes[-1] == 429
    assert sign_in(cast.budi).get("/akun/data.json").status_code == 200


def test_the_readable_document_is_a_pdf(db, cast, sign_in):
    answer = sign_in(cast.sari).get("/akun/data.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-1.7")


def test_the_document_is_made_by_the_worker_once_and_handed_out_for_ten_minutes(
    app, db, cast, sign_in, wait
):
    sari, exported = sign_in(cast.sari), Action.DATA_EXPORTED
    taken = sa.select(sa.func.count()).where(AuditEntry.action == exported.value)
    with waiting_jobs(app):
        first, second = sari.get("/akun/data.pdf"), sari.get("/akun/data.pdf")
    assert (first.status_code, second.status_code) == (202, 202)
    assert "sedang disiapkan" in first.text
    assert "berkas JSON dapat diunduh sekarang" in first.text  # nobody works here
    assert first.headers["Refresh"] == first.headers["Retry-After"]
    assert db.scalar(taken) == 1
    job_id = latest_job(deeds.KIND, f"people:{cast.sari.id}").id
    db.rollback()
    let_go()
    app.extensions["jobs"].perform(job_id)
    for _ in range(2):
        assert sari.get("/akun/data.pdf").mimetype == "application/pdf"
    assert db.scalar(taken) == 1
    wait(minutes=11)
    again = sari.get("/akun/data.pdf")
    assert again.mimetype == "application/pdf"
    assert db.scalar(taken) == 2


def test_a_copy_is_gone_after_a_day_and_at_once_for_whoever_is_erased(db, cast, sign_in, wait):
    copies.keep(cast.sari, b"%PDF")
    copies.keep(cast.budi, b"%PDF")
    wait(minutes=1)
    operations.letting_go.erase(cast.budi, cast.dewi)
    assert copies.fresh_copy_of(cast.budi.id) is None
    assert copies.fresh_copy_of(cast.sari.id) == b"%PDF"
    wait(minutes=10)
    assert copies.fresh_copy_of(cast.sari.id) is None
    assert copies.forget_copies(clock.now() - timedelta(days=1), None) == 0
    wait(days=1)
    assert copies.forget_copies(clock.now() - timedelta(days=1), None) == 1


def test_strangers_see_initials_while_a_restriction_holds(app, db, cast, sign_in, client):
    learners.signed(app, cast.sari)
    code = db.scalar(sa.select(Credential.code).where(Credential.holder_id == cast.sari.id))
    db.commit()
    assert "Sari Wulandari" in client.get(f"/verifikasi/{code}").text
    asked = operations.ask(cast.sari, Wish.RESTRICTION, "Nama saya jangan tampil.")
    operations.answer(asked, Outcome.GRANTED, "Baik.", cast.dewi)
    db.commit()
    page = client.get(f"/verifikasi/{code}").text
    assert "S… W…" in page
    for hidden in ("Sari Wulandari", "Puskesmas Melati", "Pelaksana"):
        assert hidden not in page
    sari = sign_in(cast.sari)
    assert "Pembatasan berlaku" in sari.get("/akun/data").text
    assert sari.post("/akun/data/pembatasan").status_code == 303
    assert "Sari Wulandari" in client.get(f"/verifikasi/{code}").text


def test_initials_leave_titles_out():
    named = Holder("Dra. Hj. Siti Aminah, M.Si.", "1", "NIP", "", "", "")
    assert named.initials == "S… A…"


def test_a_result_whose_answers_went_says_so(app, db, cast, sign_in, wait):
    failed = learners.failed(app, cast.sari)
    enrolment = failed.enrolment
    enrolment.passed_at = enrolment.signed_at = enrolment.completed_at = failed.submitted_at
    enrolment.score_percent = 90
    db.commit()
    address = f"/percobaan/{failed.id}/hasil"
    sari = sign_in(cast.sari)
    assert "sudah dihapus" not in sari.get(address).text
    wait(minutes=1)
    operations.letting_go.erase(cast.sari, cast.dewi)
    db.commit()
    page = sari.get(address).text
    assert "sudah dihapus" in page
    assert "Tidak dijawab" not in page
