"""Codes for any number, by the worker: whom they reach, who may print them, and what lies here."""

import re

import pytest
import sqlalchemy as sa

from app.accounts import activation, slip_orders
from app.accounts.models import ActivationCode, Grant, Role, SlipFile
from app.admin import queries as desk
from app.agencies.models import Person
from app.audit.actions import Action
from app.audit.models import AuditEntry
from app.catalog.terms import PersonStatus
from app.jobs.models import Job, State
from tests.browser import let_go
from tests.nudged import waiting_jobs
from tests.people import add_person, held

CODES = "/pegawai/aktivasi"


def crowd(db, cast, count):
    for place in range(count):
        db.add(Person(agency_id=cast.agency.id, unit=cast.clinic, name=f"Orang {place}",
                      number=f"199001012010{place:06d}", status=PersonStatus.PNS))  # fmt: skip
    db.commit()


def ordered(browser, unit, **more):
    """The answer to an order; the job is done by then."""
    return browser.post(CODES, data={"unit_id": unit.id, **more})


@pytest.fixture
def quick_paper(monkeypatch):
    """Paper costs a second: what is told of it here is who gets which slips."""
    from app.admin import slip_deeds

    def rendered(stack, *, is_apart=False):
        lines = [f"{pile.unit}|{one.name}|{one.code}" for pile in stack.piles for one in pile.slips]
        return "\n".join(lines).encode()

    monkeypatch.setattr(slip_deeds, "render_stack", rendered)


def test_hundreds_get_codes_at_once_and_slips_by_sub_unit(db, sign_in, cast, quick_paper):
    crowd(db, cast, 501)
    browser = sign_in(cast.dewi)
    assert ordered(browser, cast.root).status_code == 303
    job = db.scalars(sa.select(Job)).one()
    assert job.state is State.DONE
    assert job.done == job.total
    # 501 in the crowd, Sari, Budi and Rina; three of the office; Dewi herself is one of these.
    assert db.scalar(sa.select(sa.func.count(ActivationCode.id))) == job.result["codes"]
    files = db.scalars(sa.select(SlipFile).order_by(SlipFile.place)).all()
    assert sum(one.slips for one in files) == job.result["slips"]
    health = [one.title for one in files if one.title.startswith("Dinas Kesehatan")]
    assert health == ["Dinas Kesehatan", *["Dinas Kesehatan: Puskesmas Melati"] * 2]


def test_the_pdf_has_every_code_and_taking_it_is_recorded_each_time(db, sign_in, cast):
    add_person(db, cast.clinic, "199203032018032009", "Ani Lestari", "A.Md.")
    db.commit()
    browser = sign_in(cast.rina)
    page = browser.get(ordered(browser, cast.clinic).location).text
    link = re.search(r'href="([^"]+\.pdf)"', page)[1]
    for _ in range(2):
        answer = browser.get(link)
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-")
    taken = sa.select(sa.func.count(AuditEntry.id)).filter_by(action=Action.SLIPS_PRINTED.value)
    assert db.scalar(taken) == 2


def test_no_code_stands_in_the_database_though_its_slip_lies_there(db, sign_in, cast, quick_paper):
    ordered(sign_in(cast.rina), cast.clinic)
    db.rollback()
    text = activation.code_text(desk.code_of(cast.sari))
    file = db.scalars(sa.select(SlipFile)).one()
    assert text.encode() not in file.content
    assert text.encode() in slip_orders.opened(file)  # control: it is in there


def test_nobody_else_is_handed_slips_that_were_ordered_with_more_authority(
    db, sign_in, cast, quick_paper
):
    """Dewi's slips may have the code of an admin, which Rina must not see."""
    db.add(held(cast.sari, Role.UNIT_ADMIN, cast.clinic))
    db.commit()
    dewi, rina = sign_in(cast.dewi), sign_in(cast.rina)
    ordered(dewi, cast.clinic)
    path = f"{CODES}/{cast.clinic.id}/slip/1.pdf"
    assert b"Sari" in dewi.get(path).data
    assert rina.get(path).status_code == 404
    assert dewi.get(f"{CODES}/{cast.clinic.id}/slip/2.pdf").status_code == 404
    ordered(rina, cast.clinic, slips_only="1")
    assert rina.get(path).status_code == 404  # the only code there is an admin's


def test_slips_print_again_from_the_same_codes(db, sign_in, cast, quick_paper):
    browser = sign_in(cast.rina)
    ordered(browser, cast.clinic)
    path = f"{CODES}/{cast.clinic.id}/slip/1.pdf"
    first = browser.get(path).data
    ordered(browser, cast.clinic, slips_only="1")
    assert browser.get(path).data == first
    ordered(browser, cast.clinic, also_coded="y")
    assert browser.get(path).data != first


def test_an_order_that_is_being_made_is_not_made_twice(app, db, sign_in, cast):
    browser = sign_in(cast.rina)
    with waiting_jobs(app):
        ordered(browser, cast.clinic)
        again = ordered(browser, cast.clinic)
        assert "sedang berjalan" in again.text
        page = browser.get(f"{CODES}/{cast.clinic.id}/slip")
        assert page.headers["Refresh"]
    assert db.scalar(sa.select(sa.func.count(Job.id))) == 1


def test_whoever_lost_the_desk_meanwhile_gets_no_codes(app, db, sign_in, cast):
    with waiting_jobs(app) as engine:
        ordered(sign_in(cast.rina), cast.clinic)
        db.execute(sa.delete(Grant).where(Grant.person_id == cast.rina.id))
        db.commit()
        job_id = db.scalars(sa.select(Job.id)).one()
        let_go()
        engine.perform(job_id)
    db.rollback()
    assert db.scalars(sa.select(Job.failure)).one() == slip_orders.NoDesk.message
    assert db.scalar(sa.select(sa.func.count(ActivationCode.id))) == 0


def test_a_worker_that_died_on_the_way_goes_on_with_whoever_has_no_code(db, cast):
    crowd(db, cast, 3)
    slip_orders.order(cast.clinic, cast.rina, issues=True, renews=True, address="x")
    wanted = slip_orders.order_of(cast.clinic, cast.rina)
    first = slip_orders.people_without_code(wanted)
    slip_orders.issue(wanted, first[:2])
    assert slip_orders.people_without_code(wanted) == first[2:]
    db.rollback()


def test_the_page_offers_no_button_that_would_be_refused(db, sign_in, cast, quick_paper):
    browser = sign_in(cast.rina)
    assert "untuk 1 orang" in browser.get(f"{CODES}?unit={cast.clinic.id}").text
    ordered(browser, cast.clinic)
    page = browser.get(f"{CODES}?unit={cast.clinic.id}").text
    assert "orang dan siapkan slip" not in page
    assert "Siapkan slip PDF dari 1 kode" in page
