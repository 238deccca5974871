"""What is misunderstood, as its readers see it: their own part, and nobody few."""

import re
from datetime import date

import pytest

from app.agencies.job_kinds import JobKind
from app.agencies.scope import Scope
from app.catalog.misdeeds import Misdeed, misdeed_of
from app.core import clock
from app.jobs.models import Job
from app.judgements.models import FirstJudgements, Source
from app.reports.misread import By, Reading
from tests import learners

PAGE = "/laporan/salah-paham"


@pytest.fixture
def cases(app):
    """Ten cases about social media, each of one provision at least."""
    found = [
        (scenario.id, ruling.phase)
        for scenario in learners.catalog_of(app).on_show
        for ruling in scenario.rulings
        if misdeed_of(scenario.topic) is Misdeed.SOCIAL_MEDIA and ruling.cites
    ]
    return found[:10]


def judged(db, unit, cases, people, right, source=Source.LESSON, **other):
    """So many people of a unit judged each of these cases first."""
    kind, month = other.pop("kind", JobKind.STAFF), other.pop("month", date(2026, 11, 1))
    counts = {"asked_sure": 0, "sure_wrong": 0} | other
    for scenario, phase in cases:
        db.add(
            FirstJudgements(
                agency_id=unit.agency_id, unit_id=unit.id, source=source, job_kind=kind,
                month=month, scenario=scenario, phase=phase,
                people=people, right=right, **counts,
            )
        )  # fmt: skip
    db.commit()


def cells(page: str) -> dict[str, list[str]]:
    """Cells of the first kind by the name of their row."""
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page, re.S)
    return {
        re.sub(r"<small.*|<[^>]+>", "", name, flags=re.S).strip(): [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<td.*?>(.*?)</td>", rest, re.S)
        ]
        for name, rest in rows
    }


def test_dewi_sees_each_opd_with_its_share_interval_and_number(sign_in, cast, db, cases):
    judged(db, cast.clinic, cases[:1], 40, 10)
    judged(db, cast.education, cases[:1], 20, 20)
    page = cells(sign_in(cast.dewi).get(PAGE).text)
    assert page["Dinas Kesehatan"][0] == "75% 59–86% · 40 jawaban"
    assert page["Dinas Pendidikan"][0] == "0% 0–17% · 20 jawaban"
    assert page["Media sosial"][0] == "50% 37–63% · 60 jawaban"


def test_few_are_hidden_and_the_next_with_them(sign_in, cast, db, cases):
    judged(db, cast.clinic, cases[:1], 9, 0)
    judged(db, cast.education, cases[:1], 30, 30)
    page = cells(sign_in(cast.dewi).get(PAGE).text)
    assert page["Dinas Kesehatan"][0] == page["Dinas Pendidikan"][0] == "disembunyikan"
    assert page["Media sosial"][0].startswith("23%")
    judged(db, cast.clinic, cases[1:2], 10, 0)  # control: ten people
    assert cells(sign_in(cast.dewi).get(PAGE).text)["Dinas Kesehatan"][0].startswith("100%")


def test_what_is_hidden_of_a_kind_is_hidden_of_its_rules(app, db, cast, cases):
    """Else the rules of an OPD would add up to the cell that was hidden beside a small one."""
    judged(db, cast.clinic, cases[:1], 9, 0)
    judged(db, cast.education, cases, 30, 30)
    reading = Reading(Scope((cast.root.path,)), learners.catalog_of(app), Source.LESSON)
    chart = reading.rules(Misdeed.SOCIAL_MEDIA)
    assert chart.rows
    assert not [c for r in chart.rows for c in chart.columns if chart.spot(r, c).cell]


def test_rina_sees_her_dinas_by_its_units_and_no_other(sign_in, cast, db, cases):
    judged(db, cast.clinic, cases[:1], 40, 10)
    judged(db, cast.education, cases[:1], 20, 20)
    page = sign_in(cast.rina).get(PAGE).text
    assert "Puskesmas Melati" in page
    assert "Dinas Pendidikan" not in page
    assert sign_in(cast.rina).get(f"{PAGE}/apel/{cast.education.id}").status_code == 404


def test_sources_and_kinds_of_jabatan_are_read_apart(sign_in, cast, db, cases):
    judged(db, cast.clinic, cases[:1], 40, 10)
    judged(db, cast.clinic, cases[:1], 12, 4, Source.WEBINAR, kind=JobKind.HEALTH,
           asked_sure=12, sure_wrong=6)  # fmt: skip
    page = cells(sign_in(cast.dewi).get(f"{PAGE}?sumber=webinar&menurut={By.JOB}").text)
    assert page["Tenaga kesehatan"][0].endswith("12 jawaban")
    assert page["Pelaksana"][0] == "–"
    assert page["Media sosial"][1] == "50% dari 12"


def test_rules_open_with_their_article_and_cases(sign_in, cast, db, app, cases):
    judged(db, cast.clinic, cases[:1], 40, 10)
    page = sign_in(cast.dewi).get(f"{PAGE}/media-sosial").text
    scenario = learners.catalog_of(app).scenario(cases[0][0])
    assert scenario.ruling_for(cases[0][1]).cites[0].label in page
    assert scenario.act in page
    assert sign_in(cast.dewi).get(f"{PAGE}/tidak-ada").status_code == 404
    assert sign_in(cast.dewi).get(f"{PAGE}?sumber=tidak-ada").status_code == 404


def test_a_briefing_names_the_worst_rules_and_is_made_in_the_background(sign_in, cast, db, cases):
    judged(db, cast.clinic, cases, 40, 10)
    dewi, address = sign_in(cast.dewi), f"{PAGE}/apel/{cast.health.id}"
    assert "Sebaiknya." in dewi.get(address).text
    answer = dewi.post(address)
    job = db.query(Job).filter_by(kind="reports.briefing").one()
    assert answer.location == f"/pekerjaan/{job.id}"
    assert job.asked_by_id == cast.dewi.id


def test_a_unit_of_too_few_has_no_briefing(sign_in, cast, db, cases):
    judged(db, cast.clinic, cases, 9, 1)
    dewi, address = sign_in(cast.dewi), f"{PAGE}/apel/{cast.health.id}"
    assert "belum punya cukup jawaban" in dewi.get(address).text
    assert dewi.post(address).status_code == 409
    assert not db.query(Job).filter_by(kind="reports.briefing").count()


def test_a_fall_of_mastery_warns_dewi_and_not_rina_of_another_dinas(sign_in, cast, db, cases):
    judged(db, cast.education, cases[:3], 200, 190, month=date(2025, 1, 1))
    judged(db, cast.education, cases[:3], 200, 90, month=clock.today().replace(day=1))
    page = sign_in(cast.dewi).get("/laporan/peringatan").text
    assert "Dinas Pendidikan" in page
    assert "makin sering keliru" in page
    assert "Dinas Pendidikan" not in sign_in(cast.rina).get("/laporan/peringatan").text
