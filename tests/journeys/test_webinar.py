"""A webinar told once: a host, a projector and three phones. One loses its network, one its tab."""

import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from app.agencies.models import Person
from app.core import clock
from app.core.db import db as database
from app.live import joining, links, queries
from app.live.models import LiveAnswer, LiveParticipant, LiveSession
from app.live.web import states
from tests import people, webinars
from tests.journeys.checks import CONTRAST, violations
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.people import Learner, Visitor

#: It is the phones that are tested here; one database is enough.
pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("built_app", ["sqlite"], indirect=True),
]

SARI, BUDI, RINA = "199001012015032001", "198702022010011002", "198503032009022003"
RIGHT, WRONG = "Tidak boleh", "Boleh"


class Host:
    """Yusuf, by the operations that his page calls."""

    def __init__(self, town) -> None:
        self.app = town.app
        with self.app.app_context():
            yusuf = self.person("198305052008011005")
            given = {"needed": 1, "seconds": 600}
            cast = SimpleNamespace(root=yusuf.unit, yusuf=yusuf)
            session = webinars.in_lobby(cast, 2, **given)
            self.id, self.address = session.id, f"/webinar/{session.code}"
            self.hall = f"/layar/{links.hall_of(session)}"

    @staticmethod
    def person(number: str) -> Person:
        return database.session.scalar(sa.select(Person).filter_by(number=number))

    def orders(self, name: str) -> None:
        with self.app.app_context():
            webinars.order(database.session.get(LiveSession, self.id), name)
            states().forget()

    def opens_a_question(self) -> None:
        """Without the seconds of lead-in: nobody here watches a screen that is late."""
        self.orders("open")
        with self.app.app_context():
            queries.latest_run(self.id).opens_at = clock.now() + timedelta(seconds=1)
            database.session.commit()

    def seats(self, number: str) -> str:
        """Somebody who has checked in the day before, and the ticket on her phone."""
        with self.app.app_context():
            session = database.session.get(LiveSession, self.id)
            return joining.ticket_for(webinars.joined(session, self.person(number)), session)

    @property
    def stored(self) -> dict[str, list[str]]:
        """What is stored, by the number of who answered."""
        with self.app.app_context():
            rows = database.session.execute(
                sa.select(Person.number, LiveAnswer.choice)
                .join(LiveParticipant, LiveParticipant.id == LiveAnswer.participant_id)
                .join(Person, Person.id == LiveParticipant.person_id)
            )
            found: dict[str, list[str]] = {}
            for number, choice in rows:
                found.setdefault(number, []).append(choice)
            return found


class Phone(Learner):
    def reopens(self) -> None:
        self.page = self.context.new_page()
        self.opens(self.address)

    def looks(self) -> None:
        """Back from Zoom: a phone asks at once what there is."""
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def taps(self, answer: str) -> None:
        self.main.get_by_role("button", name=answer, exact=True).click()

    def chose(self, answer: str) -> None:
        button = self.main.get_by_role("button", name=answer, exact=True)
        expect(button).to_have_attribute("aria-pressed", "true")


@pytest.fixture
def host(town):
    return Host(town)


@pytest.fixture
def checked_in(town, host, open_browser):
    """`checked_in(number)` is a phone with a ticket, and nobody signed in."""

    def take_out(number: str) -> Phone:
        context = open_browser(base_url=town.url, **PHONE)
        cookie = {"name": "rambu-tiket", "value": host.seats(number), "url": town.url}
        context.add_cookies([cookie])
        phone = Phone(town, context, number)
        phone.address = host.address
        phone.opens(host.address)
        return phone

    return take_out


@pytest.fixture
def sari(town, host, open_browser):
    """She comes by the link in the chat, and has an account."""
    with town.app.app_context():
        people.account_with_password(database.session, host.person(SARI).id)
        database.session.commit()
    phone = Phone(town, open_browser(base_url=town.url, **PHONE), SARI)
    phone.opens(host.address.replace("/webinar/", "/w/"))
    phone.follows("Masuk untuk ikut")
    phone.fills("NIP / NI PPPK", SARI)
    phone.fills("Kata sandi", people.PASSWORD)
    phone.presses("Masuk")
    phone.presses("Ikut sesi ini")
    return phone


@pytest.fixture
def projector(town, host, open_browser):
    screen = Visitor(town, open_browser(base_url=town.url, **DESK))
    screen.opens(host.hall)
    return screen


def test_nobody_is_lost_and_nothing_is_stored_twice(host, projector, sari, checked_in):
    budi, rina = checked_in(BUDI), checked_in(RINA)
    everybody = (sari, budi, rina)
    for phone in everybody:
        phone.reads("Menunggu pertanyaan")
    host.opens_a_question()
    for phone in everybody:
        phone.looks()
    for phone in everybody:
        phone.reads("Bolehkah kasus-0?", "Sisa")
        phone.does_not_read("KENARI")
    projector.reads("Bolehkah kasus-0?")
    projector.does_not_read("KENARI")

    sari.taps(WRONG)
    sari.reads("Tersimpan ✓")
    sari.taps(RIGHT)
    sari.chose(RIGHT)
    sari.reads("Tersimpan ✓")
    _budi_loses_his_network(host, budi)
    _rina_loses_her_tab(host, rina)
    assert host.stored == {SARI: ["tidak-boleh"], BUDI: ["boleh"], RINA: ["tidak-boleh"]}

    host.orders("close")
    host.orders("reveal")
    for phone in everybody:
        phone.looks()
        phone.reads("KENARI-ALASAN")
    projector.reads("KENARI-ALASAN")
    sari.reads("Jawaban Anda: Tidak boleh. Tepat.")
    budi.reads("Jawaban Anda: Boleh. Belum tepat")
    assert violations(sari.page, CONTRAST) == []

    host.orders("end")
    for phone in everybody:
        phone.looks()
        phone.reads("Sesi selesai")
        phone.follows("Lihat catatan saya")
        phone.reads("Kehadiran Anda tercatat.")


def test_phones_that_are_refused_told_to_wait_doubled_or_woken_keep_what_was_tapped(
    host, checked_in
):
    budi, rina = checked_in(BUDI), checked_in(RINA)
    host.opens_a_question()
    for phone in (budi, rina):
        phone.looks()
        phone.reads("Bolehkah kasus-0?", "Sisa 10 menit")
    _budis_ticket_is_refused(host, budi)
    _budi_opens_a_second_tab(host, budi)
    _rina_is_told_to_wait(host, rina)
    _rinas_clock_jumps_a_day(host, rina)


def _budis_ticket_is_refused(host: Host, budi: Phone) -> None:
    """The server's own sentence is shown, what he tapped stays, and a reload brings it in."""

    def spoil(route) -> None:
        route.continue_(headers={**route.request.headers, "x-tiket": "basi"})

    budi.context.route("**/jawaban", spoil)
    budi.taps(WRONG)
    budi.reads("1 jawaban yang belum terkirim tetap ada di ponsel ini.")
    assert BUDI not in host.stored
    budi.context.unroute_all()
    budi.opens(host.address)
    budi.chose(WRONG)
    budi.reads("Tersimpan ✓")
    assert host.stored[BUDI] == ["boleh"]


def _budi_opens_a_second_tab(host: Host, budi: Phone) -> None:
    """Both are he: what he taps in one is what the other shows."""
    first = budi.page
    budi.reopens()
    budi.chose(WRONG)
    budi.taps(RIGHT)
    budi.reads("Tersimpan ✓ Tidak boleh")
    budi.page = first
    budi.chose(RIGHT)
    assert host.stored[BUDI] == ["tidak-boleh"]


def _rina_is_told_to_wait(host: Host, rina: Phone) -> None:
    """A server that is busy names the seconds; nothing is sent before they are over."""
    busy = {"status": 503, "headers": {"Retry-After": "2"}, "json": {"error": "Server sibuk."}}
    told: list[float] = []

    def once(route) -> None:
        told.append(time.monotonic())
        route.fulfill(**busy) if len(told) == 1 else route.continue_()

    rina.context.route("**/jawaban", once)
    rina.taps(RIGHT)
    rina.reads("Tersimpan ✓")
    rina.context.unroute_all()
    assert told[1] - told[0] >= 2
    assert [wrong[:3] for wrong in rina.context.watch.take()] == ["503"]
    assert host.stored[RINA] == ["tidak-boleh"]


def _rinas_clock_jumps_a_day(host: Host, rina: Phone) -> None:
    """It slept, or somebody set it: the server's word puts it right, and no time is lost."""
    rina.page.evaluate("{ const told = Date.now; Date.now = () => told() + 864e5; }")
    rina.looks()
    rina.reads("Sisa")
    rina.taps(WRONG)
    rina.reads("Tersimpan ✓ Boleh")
    assert host.stored[RINA] == ["boleh"]


def _budi_loses_his_network(host: Host, budi: Phone) -> None:
    """His answer is stored, and he does not hear it; then nothing gets through at all."""
    first, sent = [], []

    def swallow(route) -> None:
        is_answer = route.request.method == "POST" and route.request.post_data_json["items"]
        if is_answer and not first:
            first.append(route.request)
            sent.append(route.fetch().status)
        route.abort()

    budi.context.route("**/webinar/*/*", swallow)
    budi.taps(WRONG)
    budi.reads("Server belum dapat dihubungi. 1 jawaban aman di ponsel ini")
    budi.does_not_read("Tersimpan ✓")
    assert (sent, host.stored[BUDI]) == ([200], ["boleh"])
    budi.context.unroute_all()
    budi.looks()
    budi.reads("Tersimpan ✓")
    expect(budi.main.get_by_role("alert")).to_be_hidden()


def _rina_loses_her_tab(host: Host, rina: Phone) -> None:
    """She taps, nothing gets out, and the phone throws the page away."""
    rina.context.route("**/jawaban", lambda route: route.abort())
    rina.taps(RIGHT)
    rina.reads("Mengirim …")
    rina.page.close()
    assert RINA not in host.stored
    rina.context.unroute_all()
    rina.reopens()
    rina.chose(RIGHT)
    rina.reads("Tersimpan ✓")
