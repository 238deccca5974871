"""The demo's webinars: what a newcomer reads a report of, and what comes tomorrow."""

import pytest
import sqlalchemy as sa

from app import catalog
from app.core import clock
from app.credentials.models import Credential, Kind
from app.demo import webinars
from app.demo.region import load_demo
from app.live.models import LiveSession
from app.live.summary import report_of


@pytest.fixture
def sessions(db):
    webinars.hold(load_demo(), catalog.current())
    db.commit()
    return list(db.scalars(sa.select(LiveSession).order_by(LiveSession.starts_at)))


def test_last_week_next_day_and_a_village_have_something_to_show(db, sessions):
    webinar, briefing, planned = sessions
    report = report_of(webinar)
    assert (report.turnout.joined, len(report.asked)) == (webinars.CROWD, 10)
    assert webinars.CROWD * 3 // 4 < report.turnout.present < webinars.CROWD
    assert len(report.misunderstood) >= 3
    ((_, before, after),) = report.twice
    assert after.right_percent > before.right_percent + 30
    attended = report_of(briefing).turnout.attended
    issued = db.scalars(sa.select(Credential.kind)).all()
    assert issued == [Kind.ATTENDANCE] * attended != []
    assert planned.lobby_at is None
    assert planned.starts_at > clock.now()
