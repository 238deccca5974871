"""Operators' commands on webinars."""

from datetime import timedelta

import click
import sqlalchemy as sa
from flask import current_app, url_for
from flask.cli import AppGroup, with_appcontext

from app import catalog
from app.accounts.models import Grant, Role
from app.agencies.models import Person, Unit
from app.agencies.queries import only_agency
from app.core import clock
from app.core.commands import sentences
from app.core.db import db, start_writing
from app.live import arranging, choosing, codes, links
from app.live.arranging import Said
from app.live.models import LiveSession
from app.live.paper import questions_for
from app.live.playing import CHANCE, Play
from app.live.preparing import HOSTS_COURSE

live_cli = AppGroup("live", help="Webinar pendamping.")


@live_cli.command("demo")
@click.option(
    "--people",
    type=click.IntRange(5, 2_000),
    default=200,
    show_default=True,
    help="Ponsel rekaan yang ikut.",
)
@click.option(
    "--questions",
    type=click.IntRange(1, 12),
    default=5,
    show_default=True,
    help="Pertanyaan yang dimainkan.",
)
@click.option(
    "--seconds",
    type=click.IntRange(10, 120),
    default=20,
    show_default=True,
    help="Waktu menjawab setiap pertanyaan, dalam detik.",
)
@click.option("--agency", help="Kode instansi, bila lebih dari satu.")
@with_appcontext
def demo(people: int, questions: int, seconds: int, agency: str | None) -> None:
    """Mainkan satu sesi gladi dengan ponsel rekaan, untuk ditonton di layar proyektor.

    Sebuah gladi: tidak ada yang diterbitkan, dan sesinya dihapus sesudah sehari. Hanya untuk
    pemasangan di mesin sendiri.
    """
    if not current_app.config["RAMBU"].is_local:
        raise click.ClickException(
            "Sesi rekaan memakai nama pegawai, jadi hanya untuk pemasangan di mesin sendiri."
        )
    with sentences():
        session, host, hall = _prepared(agency, people, questions)
        _say_where(session)
        Play(session.id, host.id, seconds, click.echo).whole(hall, questions)


def _prepared(
    code: str | None, people: int, questions: int
) -> tuple[LiveSession, Person, list[int]]:
    """A rehearsal of the first host that the instansi has, and ids of people who take part."""
    start_writing()
    agency = only_agency(code)
    held = sa.select(Person, Unit).select_from(Grant).join(Person, Person.id == Grant.person_id)
    held = held.join(Unit, Unit.id == Grant.unit_id)
    held = held.where(Grant.role == Role.HOST, Unit.agency_id == agency.id)
    found = db.session.execute(held.order_by(sa.func.length(Unit.path), Person.id)).first()
    if found is None:
        raise click.ClickException("Belum ada pemandu di instansi ini. Beri peran host dahulu.")
    host, unit = found
    starts = clock.now()
    said = Said(unit, "Gladi: netralitas di ponsel", starts, starts + timedelta(hours=1))
    bank = catalog.current()
    cases = choosing.of_course(bank.course(HOSTS_COURSE), bank.on_show)
    session = arranging.prepare(said, questions_for(cases)[:questions], host, is_rehearsal=True)
    here = sa.select(Person.id).where(Person.agency_id == agency.id, Person.is_active)
    hall = list(db.session.scalars(here))
    db.session.commit()
    return session, host, CHANCE.sample(hall, min(people, len(hall)))


def _say_where(session: LiveSession) -> None:
    root = current_app.config["RAMBU"].PUBLIC_URL
    with current_app.test_request_context():
        hall = url_for("live_host.hall_by_link", token=links.hall_of(session))
        phone = url_for("live.short", code=session.code)
    click.echo(f"Layar proyektor: {root}{hall}")
    click.echo(f"Ikut dari ponsel: {root}{phone}  (kode {codes.grouped(session.code)})")
