"""`flask rights …`: requests that nobody at an instansi may answer, and how long rows are kept."""

import click
from flask.cli import AppGroup

from app.core.commands import sentences
from app.core.db import db
from app.rights import operations, queries
from app.rights.models import OUTCOMES, Outcome

rights_cli = AppGroup("rights", help="Permintaan pegawai tentang datanya sendiri.")


@rights_cli.command("list")
def list_requests() -> None:
    """Tampilkan permintaan yang belum dijawab, dari semua instansi."""
    for one in queries.open_requests():
        who = f"{one.person.full_name}, {one.person.unit.name}"
        click.echo(f"{one.id:>6}  {one.asked_at:%Y-%m-%d}  {one.wish.label}  {who}: {one.text}")


@rights_cli.command("answer")
@click.argument("request_id", metavar="NOMOR", type=int)
@click.argument("outcome", metavar="PUTUSAN", type=click.Choice([one.value for one in Outcome]))
@click.option("--text", required=True, help="Jawaban dan alasannya; dibaca pemintanya.")
def answer(request_id: int, outcome: str, text: str) -> None:
    """Jawab permintaan NOMOR dengan PUTUSAN granted atau refused."""
    with sentences():
        request = queries.open_request(request_id)
        operations.answer(request, Outcome(outcome), text[:500], None)
    db.session.commit()
    click.echo(f"Permintaan {request_id}: {OUTCOMES[Outcome(outcome)].lower()}.")
