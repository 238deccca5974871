"""flask agency · unit · roster: how a region begins, and how its people come in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import available_timezones

import click
from flask.cli import AppGroup

from app.agencies import blank, intake, nip, operations, queries, unit_intake
from app.agencies.columns import clean
from app.agencies.intake import ImportReport
from app.agencies.models import Agency, AgencyKind, Person
from app.agencies.roster import RowFault, read_roster
from app.agencies.tables import read_file
from app.core import clock
from app.core.db import db
from app.core.errors import DomainError

roster_cli = AppGroup("roster", help="The people of an agency, from files.")
agency_cli = AppGroup("agency", help="Regional governments.")
unit_cli = AppGroup("unit", help="The tree of units.")

FILE = click.argument("file", type=click.Path(path_type=Path))
AGENCY = click.option("--agency", "code", help="Code of the agency; needed when there are several.")
BY = click.option("--by", "official", metavar="NIP", help="Who decided this, for the audit trail.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Check and report; change nothing.")


@roster_cli.command("import")
@FILE
@AGENCY
@BY
@DRY_RUN
def import_roster(file: Path, code: str | None, official: str | None, dry_run: bool) -> None:
    """Take in people from CSV or XLSX: all rows or none, every bad row reported."""
    with _sentences():
        agency, by = queries.only_agency(code), _official(official)
        db.session.rollback()  # reading a file keeps nobody waiting
        roster = read_roster(read_file(file), clock.today())
        report = intake.import_roster(agency, roster, by, is_dry_run=dry_run)
    _finish(report.is_saved)
    _say_roster(report, dry_run)
    if report.errors:
        raise SystemExit(1)


@roster_cli.command("template")
@FILE
def roster_template(file: Path) -> None:
    """Write an empty roster to fill in: XLSX with rules and examples, or CSV."""
    is_csv = file.suffix.lower() == ".csv"
    _write(file, blank.csv_of(blank.PEOPLE) if is_csv else blank.workbook_of(blank.PEOPLE))


@unit_cli.command("template")
@FILE
def unit_template(file: Path) -> None:
    """Write an empty list of units to fill in: XLSX with rules and examples, or CSV."""
    is_csv = file.suffix.lower() == ".csv"
    _write(file, blank.csv_of(blank.UNITS) if is_csv else blank.workbook_of(blank.UNITS))


def _write(file: Path, content: bytes) -> None:
    """Never over something that is there."""
    try:
        with file.open("xb") as target:
            target.write(content)
    except FileExistsError:
        raise click.ClickException(f"{file} sudah ada dan tidak ditimpa.") from None
    except OSError as error:
        raise click.ClickException(f"{file} tidak dapat ditulis: {error.strerror}.") from error
    click.echo(f"{file} siap diisi.")


@agency_cli.command("create")
@click.option("--code", required=True, help="Short and lower-case, e.g. arunika.")
@click.option("--kind", type=click.Choice([kind.value for kind in AgencyKind]), required=True)
@click.option("--name", required=True, help="E.g. Pemerintah Kabupaten Arunika.")
@click.option("--office-name", required=True, help="The HR office in full.")
@click.option("--office-short", required=True, help="E.g. BKPSDM.")
@click.option("--city", required=True, help="Where documents are signed.")
@click.option("--address", required=True)
@click.option("--zone", default="Asia/Jakarta", show_default=True)
@click.option("--official-name", required=True, help="Who signs certificates, with titles.")
@click.option("--official-number", required=True, metavar="NIP")
@click.option("--official-position", required=True, help="E.g. Kepala Badan.")
def create_agency(kind: str, official_number: str, zone: str, **facts: str) -> None:
    """Create a regional government with the root of its tree."""
    if zone not in available_timezones():
        raise click.ClickException(f"Zona waktu {zone!r} tidak dikenal; misalnya Asia/Makassar.")
    with _sentences():
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
    tidy, wrong = clean(text, option, Agency.__table__.c[name].type.length)
    if wrong or not tidy:
        raise DomainError(wrong or f"Isi {option}: teks ini akan tercetak pada dokumen.")
    return tidy


@unit_cli.command("import")
@FILE
@AGENCY
@BY
@DRY_RUN
def import_units(file: Path, code: str | None, official: str | None, dry_run: bool) -> None:
    """Take in units (code, parent's code, name, kind, reporting): all or none."""
    with _sentences():
        report = unit_intake.import_units(
            queries.only_agency(code), read_file(file), _official(official), is_dry_run=dry_run
        )
    _finish(report.is_saved)
    _say_faults(report.errors)
    if report.errors:
        click.echo("Tidak ada yang disimpan.")
        raise SystemExit(1)
    done = "akan " if dry_run else ""
    click.echo(f"{report.added} unit {done}ditambahkan, {report.changed} {done}diubah.")


@unit_cli.command("list")
@AGENCY
def list_units(code: str | None) -> None:
    """Print the tree: code, name, kind; reporting units marked with *."""
    with _sentences():
        units = queries.tree_of(queries.only_agency(code))
    for unit in units:
        depth = unit.path.count("/") - 2
        mark = " *" if unit.is_reporting else ""
        click.echo(f"{'  ' * depth}{unit.code}  {unit.name} ({unit.kind.value}){mark}")


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn a DomainError into the one sentence that the operator reads."""
    try:
        yield
    except DomainError as error:
        db.session.rollback()
        raise click.ClickException(error.message) from error


def _official(number: str | None) -> Person | None:
    if number is None:
        return None
    person = queries.person_by_number(nip.read_identity(number))
    if person is None:
        raise DomainError(f"Tidak ada pegawai dengan nomor {number}.")
    return person


def _finish(is_saved: bool) -> None:
    if is_saved:
        db.session.commit()
    else:
        db.session.rollback()


def _say_roster(report: ImportReport, dry_run: bool) -> None:
    place = f", lembar {report.sheet}" if report.sheet else ""
    click.echo(f"{report.file}{place}: {report.rows} baris pegawai.")
    if report.unread_sheets:
        click.echo(f"Lembar lain tidak dibaca: {', '.join(report.unread_sheets)}.")
    _say_faults(report.errors)
    _say_faults(report.warnings)
    if report.errors:
        click.echo(
            f"{report.bad_rows} baris perlu diperbaiki. Tidak ada yang disimpan; "
            "perbaiki lalu impor lagi."
        )
        return
    will = "akan " if dry_run else ""
    click.echo(
        f"{report.added} {will}ditambahkan, {report.changed} {will}diperbarui "
        f"({report.moved} pindah unit), {report.unchanged} tetap."
    )
    if report.unnamed:
        click.echo(f"{report.unnamed} pegawai lain tidak disebut dalam berkas dan tetap tercatat.")
    if dry_run:
        click.echo("Ini hanya pemeriksaan: tidak ada yang disimpan.")


def _say_faults(faults: list[RowFault]) -> None:
    for fault in faults:
        word = "salah" if fault.is_error else "periksa"
        click.echo(f"  baris {fault.line} ({word}): {fault.sentence}")
