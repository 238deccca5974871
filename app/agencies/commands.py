"""flask agency: how a region begins."""

from zoneinfo import available_timezones

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from app.agencies import nip, operations
from app.agencies.models import Agency, AgencyKind
from app.core.commands import sentences
from app.core.db import db
from app.core.errors import DomainError
from app.core.texts import tidy

KIND = click.Choice([kind.value for kind in AgencyKind])

agency_cli = AppGroup("agency", help="Pemerintah daerah.")


@agency_cli.command("create")
@click.option("--code", required=True, help="Singkat dan huruf kecil, misalnya arunika.")
@click.option("--kind", type=KIND, required=True, help="Jenis pemerintah daerah.")
@click.option("--name", required=True, help="Misalnya Pemerintah Kabupaten Arunika.")
@click.option("--office-name", required=True, help="Nama lengkap badan kepegawaian.")
@click.option("--office-short", required=True, help="Misalnya BKPSDM.")
@click.option("--city", required=True, help="Kota tempat dokumen ditandatangani.")
@click.option("--address", required=True, help="Alamat badan kepegawaian.")
@click.option("--zone", default="Asia/Jakarta", show_default=True, help="Zona waktu.")
@click.option("--official-name", required=True, help="Penanda tangan sertifikat, dengan gelar.")
@click.option("--official-number", required=True, metavar="NIP", help="NIP penanda tangan.")
@click.option("--official-position", required=True, help="Misalnya Kepala Badan.")
def create_agency(kind: str, official_number: str, zone: str, **facts: str) -> None:
    """Buat pemerintah daerah beserta akar pohon unitnya."""
    if zone not in available_timezones():
        raise click.ClickException(f"Zona waktu {zone!r} tidak dikenal; misalnya Asia/Makassar.")
    with sentences():
        agency = operations.create_agency(
            kind=AgencyKind(kind),
            official_number=nip.read_number(official_number),
            zone=zone,
            by=None,
            **{name: _tidy(name, text) for name, text in facts.items()},
        )
    db.session.commit()
    click.echo(f"{agency.name} dibuat dengan kode {agency.code}. Berikutnya: flask unit import.")


def _tidy(name: str, text: str) -> str:
    """A text that fits its column and will be printed: not empty, not too long, readable."""
    option = f"--{name.replace('_', '-')}"
    column = Agency.__table__.c[name].type
    assert isinstance(column, sa.String)
    assert column.length is not None
    found, wrong = tidy(text, option, column.length)
    if wrong or not found:
        raise DomainError(wrong or f"Isi {option}: teks ini akan tercetak pada dokumen.")
    return found
