"""A host on a phone, a colleague, a hall: nobody reloads, and no command is lost or doubled."""

import pytest
from playwright.sync_api import expect

from app.core import clock
from app.core.db import db
from app.live import links, operations, queries
from app.live.models import LiveSession
from tests import people, webinars
from tests.databases import DATABASES
from tests.journeys.conftest import INDONESIAN, PATIENCE, PHONE
from tests.journeys.stage import cookie_of

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("built_app", DATABASES[:1], indirect=True),
]


@pytest.fixture
def session(site):
    """Yusuf's session, its lobby not open yet; what its pages are called."""
    with site.app.app_context():
        cast = people.enter(db.session)
        made = webinars.prepared(cast, seconds=600)
        return made.id, links.hall_of(made)


def orders(site, session_id: int, name: str) -> None:
    """What a colleague presses meanwhile."""
    with site.app.app_context():
        session = db.session.get(LiveSession, session_id)
        operations.command(session, name, session.version, session.created_by)
        db.session.commit()
        if name == "open":
            clock.shift(queries.latest_run(session_id).opens_at - clock.now())


def test_host_colleague_and_hall_see_the_same_moment(site, session, open_browser):
    expect.set_options(timeout=PATIENCE)
    session_id, token = session
    phone = open_browser(base_url=site.url, **PHONE)
    name = site.app.config["SESSION_COOKIE_NAME"]
    cookie = cookie_of(site.app, "yusuf")
    phone.add_cookies([{"name": name, "value": cookie, "url": site.url}])
    host, hall = phone.new_page(), open_browser(base_url=site.url, **INDONESIAN).new_page()
    hall.goto(f"/layar/{token}")
    host.goto(f"/pandu/{session_id}")
    host.evaluate("window.isTheSame = true")

    host.get_by_role("button", name="Buka lobi").click()
    main = host.locator("#utama")
    expect(main).to_have_text("Buka pertanyaan 1")
    expect(main).to_be_focused()

    orders(site, session_id, "open")
    expect(host.get_by_role("heading", name="Sedang dijawab")).to_be_visible()
    expect(main).to_have_text("Tutup jawaban")
    expect(hall.get_by_text("Situasi kasus-0")).to_be_visible()

    stale = "form => { form.elements.expect.value = 1; }"
    host.locator("form:has(#tombol-extend)").evaluate(stale)
    host.get_by_role("button", name="Tambah 30 detik").click()
    expect(host.get_by_role("alert").get_by_text("keadaan sesi sudah berubah")).to_be_visible()

    site.goes_dark()
    main.click()
    expect(host.get_by_text("Perintah belum terkirim")).to_be_visible()
    site.comes_back()
    main.click()
    expect(main).to_have_text("Bahas jawabannya")
    expect(main).to_be_focused()
    expect(hall.get_by_text("Waktu menjawab habis")).to_be_visible()
    assert host.evaluate("window.isTheSame")
