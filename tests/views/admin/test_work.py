"""The page of work in the background: for whoever asked, while it goes on and afterwards."""

import pytest
import sqlalchemy as sa

from app.jobs import files, operations
from app.jobs.models import Job, State
from tests.nudged import waiting_jobs


@pytest.fixture
def asked(app, db, cast):
    """Dewi has asked for something that nobody has begun."""
    with waiting_jobs(app):
        job = operations.ask("rights.print", f"people:{cast.dewi.id}", asked_by_id=cast.dewi.id)
        job.total = 40
        db.commit()
        yield job


def shown(browser, job: Job) -> str:
    return browser.get(f"/pekerjaan/{job.id}").get_data(as_text=True)


def ended(db, job: Job, **values) -> None:
    worker = "node"
    operations.take(job.id, worker)
    operations.end(job, worker, values or None)
    db.commit()


def test_while_it_goes_on_the_page_asks_again_and_says_how_far_it_is(db, cast, asked, sign_in):
    dewi = sign_in(cast.dewi)
    operations.take(asked.id, "node")
    operations.advance(asked, "node", 10)
    db.commit()
    answer = dewi.get(f"/pekerjaan/{asked.id}")
    assert answer.headers["Refresh"] == "3"
    assert "<progress" in answer.text
    assert "Siapkan PDF data sendiri" in answer.text
    assert "sedang dikerjakan" in dewi.get("/pekerjaan").text


def test_at_its_end_it_says_what_came_of_it_and_leads_on(db, cast, asked, sign_in):
    dewi = sign_in(cast.dewi)
    ended(db, asked, told="40 baris dibaca.", endpoint="admin.people", args={"cari": "sari"})
    files.keep(asked, "data.pdf", "application/pdf", b"%PDF-1.7")
    db.commit()
    answer = dewi.get(f"/pekerjaan/{asked.id}")
    assert "Refresh" not in answer.headers
    assert "40 baris dibaca." in answer.text
    assert 'href="/pegawai?cari=sari"' in answer.text
    assert f'href="/pekerjaan/{asked.id}/berkas"' in answer.text
    files.forget(asked.ended_at.replace(year=2100))
    db.commit()
    assert "berkas" not in shown(dewi, asked)


def test_what_failed_says_why(db, cast, asked, sign_in):
    operations.take(asked.id, "node")
    operations.fail(asked, "node", "Berkasnya kosong. Tidak ada yang berubah.")
    db.commit()
    assert "Berkasnya kosong." in shown(sign_in(cast.dewi), asked)


def test_whoever_asked_may_stop_it_once(db, cast, asked, sign_in):
    dewi, address = sign_in(cast.dewi), f"/pekerjaan/{asked.id}/batal"
    assert "Pekerjaan dihentikan" in dewi.post(address, follow_redirects=True).text
    assert db.scalar(sa.select(Job.state)) is State.CANCELLED
    assert "sudah berakhir" in dewi.post(address, follow_redirects=True).text
    assert sign_in(cast.rina).post(address).status_code == 404
