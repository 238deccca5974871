"""`flask accounts …`: the operator's desk. The first admin begins here."""

from datetime import datetime

import click
from flask.cli import AppGroup

from app.accounts import activation, operations, queries, roles, second_factor
from app.accounts.models import Role
from app.agencies import nip
from app.agencies.models import Person, Unit
from app.agencies.queries import person_by_number
from app.audit import trail
from app.audit.actions import Action
from app.core import clock, dates
from app.core.commands import sentences
from app.core.db import db

accounts_cli = AppGroup("accounts", help="Siapa boleh masuk, dan sebagai apa.")

ROLES = click.Choice([role.value for role in Role if role is not Role.LEARNER])


@accounts_cli.command("activation-code")
@click.argument("number", metavar="NIP")
def activation_code(number: str) -> None:
    """Cetak kode sekali pakai untuk masuk pertama kali atau membuat kata sandi baru."""
    person = _person(number)
    with sentences():
        code = activation.issue_reset(person, None)
    text = activation.code_text(code)
    until = dates.local_date(code.expires_at, person.agency.zone)
    db.session.commit()
    click.echo(f"{person.full_name}: {text} (berlaku sampai {until}; dipakai di /aktivasi)")


@accounts_cli.command("grant")
@click.argument("number", metavar="NIP")
@click.argument("role", type=ROLES)
@click.argument("unit_code")
@click.option("--reason", required=True, help="Mengapa, misalnya nomor surat tugasnya.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help=f"Hari terakhirnya; bawaannya {roles.LONGEST} hari lagi, dan tidak dapat lebih lama.",
)
def grant(number: str, role: str, unit_code: str, reason: str, until: datetime | None) -> None:
    """Beri seseorang peran pada satu unit dan semua unit di bawahnya, atau perpanjang."""
    person = _person(number)
    unit, last = _unit(person, unit_code), until.date() if until else None
    with sentences():
        given = roles.grant(person, Role(role), unit, None, reason=reason, until=last)
    ends = dates.long_date(roles.last_day(given))
    said = f"{person.full_name} kini {role} pada {unit.name}, sampai {ends}."
    db.session.commit()
    click.echo(said)


@accounts_cli.command("withdraw")
@click.argument("number", metavar="NIP")
@click.argument("role", type=ROLES)
@click.argument("unit_code")
def withdraw(number: str, role: str, unit_code: str) -> None:
    """Cabut satu peran; berlaku pada permintaan orang itu yang berikutnya."""
    person = _person(number)
    unit = _unit(person, unit_code)
    said = f"{person.full_name} bukan lagi {role} pada {unit.name}."
    if not roles.withdraw(person, Role(role), unit, None):
        raise click.ClickException(
            f"{person.full_name} bukan {role} pada {unit.name}. Tidak ada yang berubah."
        )
    db.session.commit()
    click.echo(said)


@accounts_cli.command("list-roles")
def list_roles() -> None:
    """Siapa memegang peran apa, di unit mana, dan sampai kapan."""
    grants = queries.all_grants()
    for held in grants:
        unit = held.unit
        over = " (sudah berakhir)" if held.expires_at <= clock.now() else ""
        click.echo(
            f"{held.role.value:<12} {held.person.number:<18} {held.person.full_name}"
            f" · {unit.code} {unit.name} · {unit.agency.name}"
            f" · sampai {dates.long_date(roles.last_day(held))}{over}"
        )
    trail.record(Action.LIST_VIEWED, "grants:all", what="peran", people=len(grants))
    db.session.commit()


@accounts_cli.command("reset-factor")
@click.argument("number", metavar="NIP")
def reset_factor(number: str) -> None:
    """Lepas verifikasi dua langkah orang yang kehilangan ponsel dan kode cadangannya."""
    person = _person(number)
    with sentences():
        second_factor.reset(person, None)
    said = f"Verifikasi dua langkah {person.full_name} dilepas; sesinya diakhiri."
    db.session.commit()
    click.echo(said)


@accounts_cli.command("extend-grace")
@click.argument("number", metavar="NIP")
@click.option(
    "--days",
    type=click.IntRange(1, 90),
    default=second_factor.GRACE.days,
    show_default=True,
    help="Berapa hari sejak sekarang.",
)
def extend_grace(number: str, days: int) -> None:
    """Beri seorang pemegang peran waktu lagi untuk memasang verifikasi dua langkah."""
    person = _person(number)
    account = queries.account_of(person)
    if account is None:
        raise click.ClickException(
            f"{person.full_name} belum mengaktifkan akunnya; tenggangnya belum dimulai."
        )
    due = second_factor.extend_grace(account, days)
    said = f"{person.full_name}: tenggang sampai {dates.local_time(due, person.agency.zone)}."
    db.session.commit()
    click.echo(said)


@accounts_cli.command("end-sessions")
@click.argument("number", metavar="NIP")
def end_sessions(number: str) -> None:
    """Keluarkan seseorang dari semua perangkatnya."""
    person = _person(number)
    account = queries.account_of(person)
    ended = operations.sign_out_everywhere(account, by=None) if account else 0
    said = f"{person.full_name}: {ended} sesi diakhiri."
    db.session.commit()
    click.echo(said)


def _person(text: str) -> Person:
    try:
        person = person_by_number(nip.read_identity(text))
    except nip.BadNumber as error:
        raise click.ClickException(error.message) from error
    if person is None:
        raise click.ClickException(f"Tidak ada pegawai dengan nomor {text}.")
    return person


def _unit(person: Person, code: str) -> Unit:
    unit = queries.unit_of_agency(person.agency_id, code)
    if unit is None:
        raise click.ClickException(f"{person.agency.name} tidak mempunyai unit dengan kode {code}.")
    return unit
