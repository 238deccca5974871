"""Answers on a bad network: what was chosen arrives, once, and never undoes a newer one."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from app.agencies.models import Person
from app.core.db import db as database
from app.quizzes import operations, queries
from app.quizzes.models import Attempt
from tests import learners, people
from tests.journeys.bad_line import BACK, OUT, THROUGH, BadLine
from tests.journeys.conftest import PHONE
from tests.journeys.people import Learner

#: It is the phone that is tested here; one database is enough.
pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("built_app", ["sqlite"], indirect=True),
]

SARI = "199001012015032001"
ETHICS, ALLOWED = "Tidak boleh: pelanggaran kode etik (sanksi moral)", "Boleh"
KEPT = "Jawaban Anda aman di ponsel ini"


@pytest.fixture
def attempt_id(town):
    with town.app.app_context():
        sari = database.session.scalar(sa.select(Person).filter_by(number=SARI))
        people.account_with_password(database.session, sari.id)
        attempt = learners.sitting(town.app, sari)
        database.session.commit()
        return attempt.id


@pytest.fixture
def sari(town, open_browser, attempt_id):
    context = open_browser(base_url=town.url, **PHONE)
    learner = Learner(town, context, SARI)
    learner.signs_in()
    return learner


def saved(town, attempt_id) -> list[tuple[str | None, int]]:
    with town.app.app_context():
        slots = queries.slots_of(database.session.get(Attempt, attempt_id))
        return [(slot.choice, slot.revision) for slot in slots]


def kept_on_phone(page) -> int:
    return page.evaluate("Object.keys(localStorage).length")


def sits(sari, attempt_id, number):
    """A tab of its own, open at one question."""
    tab = sari.context.new_page()
    tab.goto(f"/percobaan/{attempt_id}/soal/{number}")
    return tab


def go_offline(town, context):
    context.set_offline(True)
    town.goes_dark()


def go_online(town, context):
    town.comes_back()
    context.set_offline(False)


def test_a_choice_is_saved_without_pressing_anything(town, sari, attempt_id):
    tab = sits(sari, attempt_id, 1)
    tab.get_by_label(ETHICS, exact=True).check()
    expect(tab.get_by_text("Tersimpan.")).to_be_visible()
    expect(tab.get_by_text("1 dari 12", exact=True)).to_be_visible()
    assert saved(town, attempt_id)[0] == ("kode-etik", 1)
    assert kept_on_phone(tab) == 0


def test_answers_chosen_offline_arrive_from_the_next_page_though_the_tabs_were_killed(
    town, sari, attempt_id
):
    tabs = [sits(sari, attempt_id, number) for number in (1, 2, 3)]
    go_offline(town, sari.context)
    for tab in tabs:
        tab.get_by_label(ETHICS, exact=True).check()
        expect(tab.get_by_text(KEPT)).to_be_visible()
        tab.close()
    assert all(choice is None for choice, _ in saved(town, attempt_id))
    go_online(town, sari.context)
    sari.opens(f"/percobaan/{attempt_id}/tinjau")
    expect(sari.main.get_by_text(ETHICS)).to_have_count(3)
    assert saved(town, attempt_id)[:4] == [("kode-etik", 1)] * 3 + [(None, 0)]
    assert kept_on_phone(sari.page) == 0


def test_a_reply_that_is_lost_costs_nothing_and_counts_once(town, sari, attempt_id):
    tab, lost = sits(sari, attempt_id, 1), []

    def lose_first(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch())  # the server has it; the phone never hears of it
        return route.abort()

    tab.route("**/soal/1", lose_first)
    tab.get_by_label(ETHICS, exact=True).check()
    expect(tab.get_by_text("Tersimpan.")).to_be_visible()
    assert [reply.status for reply in lost] == [200]
    assert saved(town, attempt_id)[0] == ("kode-etik", 1)
    assert kept_on_phone(tab) == 0


def test_an_answer_kept_offline_gives_way_to_a_newer_one(town, sari, attempt_id):
    tab = sits(sari, attempt_id, 1)
    go_offline(town, sari.context)
    tab.get_by_label(ETHICS, exact=True).check()
    expect(tab.get_by_text(KEPT)).to_be_visible()
    tab.close()
    with town.app.app_context():  # meanwhile, on another phone
        owner = database.session.get(Attempt, attempt_id).enrolment.person
        operations.save_answer(owner, attempt_id, 1, "boleh")
        database.session.commit()
    go_online(town, sari.context)
    tab = sits(sari, attempt_id, 1)
    expect(tab.get_by_text("sudah dijawab lagi di perangkat lain")).to_be_visible()
    expect(tab.get_by_label(ALLOWED, exact=True)).to_be_checked()
    assert saved(town, attempt_id)[0] == ("boleh", 1)
    assert kept_on_phone(tab) == 0


def test_signing_out_leaves_nothing_on_the_phone(sari, attempt_id):
    tab = sits(sari, attempt_id, 1)
    tab.route("**/soal/1", lambda route: route.abort())
    tab.get_by_label(ETHICS, exact=True).check()
    expect(tab.get_by_text(KEPT)).to_be_visible()
    assert kept_on_phone(tab) == 1
    tab.get_by_text("Menu").first.click()
    tab.get_by_role("button", name="Keluar").click()
    expect(tab.get_by_role("link", name="Masuk dengan NIP")).to_be_visible()
    assert kept_on_phone(tab) == 0


def test_over_a_slow_line_that_breaks_each_answer_arrives_and_counts_once(town, sari, attempt_id):
    fates = (OUT, BACK, THROUGH, BACK, THROUGH, OUT, OUT, BACK, THROUGH)
    with BadLine(town.url, fates) as line:
        for number in (1, 2, 3):
            tab = sari.context.new_page()
            tab.clock.install()  # the waits between two tries pass at once
            tab.goto(f"{line.url}/percobaan/{attempt_id}/soal/{number}")
            tab.get_by_label(ETHICS, exact=True).check()
            told = tab.locator("[data-autosave-status]")
            while told.text_content() != "Tersimpan.":
                tab.clock.run_for(5_000)
            tab.close()
        assert line.broken == 6
    assert saved(town, attempt_id)[:4] == [("kode-etik", 1)] * 3 + [(None, 0)]
