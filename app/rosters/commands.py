"""flask unit · roster: how the tree and the people of a region come in."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.agencies import nip, queries
from app.agencies.models import Person
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.commands import sentences, write_new
from app.core.dates import thousands
from app.core.db import db
from app.core.errors import DomainError
from app.rosters import blank, export, intake, units_intake
from app.rosters.faults import RowFault, by_cause
from app.rosters.intake import ImportReport
from app.rosters.matching import Matching
from app.rosters.positions import Answer
from app.rosters.roster import read_roster
from app.rosters.tables import read_file

roster_cli = AppGroup("roster", help="Daftar pegawai suatu instansi, dari berkas.")
unit_cli = AppGroup("unit", help="Pohon unit kerja.")

FILE = click.argument("file", type=click.Path(path_type=Path))
AGENCY = click.option("--agency", "code", help="Kode instansi; perlu bila ada beberapa.")
BY = click.option(
    "--by", "official", metavar="NIP", help="Pejabat yang memutuskan, untuk jejak audit."
)
DRY_RUN = click.option(
    "--dry-run", is_flag=True, help="Periksa dan laporkan saja; tidak ada yang diubah."
)


@roster_cli.command("import")
@FILE
@AGENCY
@BY
@DRY_RUN
@click.option(
    "--count", multiple=True, metavar="KEDUDUKAN", help="Kedudukan hukum yang tetap dihitung."
)
@click.option(
    "--leave-out", multiple=True, metavar="KEDUDUKAN", help="Kedudukan hukum yang dikeluarkan."
)
def import_roster(
    file: Path,
    code: str | None,
    official: str | None,
    dry_run: bool,
    count: tuple[str, ...],
    leave_out: tuple[str, ...],
) -> None:
    """Impor pegawai dari CSV atau XLSX: semua baris atau tidak sama sekali."""
    answers = dict.fromkeys(count, Answer.COUNT)
    matching = Matching(positions=answers | dict.fromkeys(leave_out, Answer.LEAVE_OUT))
    with sentences():
        agency, by = queries.only_agency(code), _official(official)
        db.session.rollback()  # reading a file keeps nobody waiting
        roster = read_roster(read_file(file), clock.today(), matching)
        report = intake.import_roster(agency, roster, by, matching=matching, is_dry_run=dry_run)
    _finish(report.is_saved)
    _say_roster(report, dry_run)
    if report.errors:
        raise SystemExit(1)


@roster_cli.command("export")
@FILE
@AGENCY
@BY
def export_roster(file: Path, code: str | None, official: str | None) -> None:
    """Tulis daftar pegawai aktif untuk diperbaiki lalu diimpor lagi: XLSX atau CSV."""
    with sentences():
        agency, by = queries.only_agency(code), _official(official)
        lines = export.lines_of(agency)
        trail.record(
            Action.REPORT_EXPORTED, agency, actor=by, what="daftar-pegawai", people=len(lines)
        )
    is_csv = file.suffix.lower() == ".csv"
    write_new(file, export.csv_of(lines) if is_csv else export.workbook(lines))
    db.session.commit()
    click.echo(f"{len(lines)} pegawai ditulis ke {file}.")


@roster_cli.command("template")
@FILE
def roster_template(file: Path) -> None:
    """Tulis daftar pegawai kosong untuk diisi: XLSX dengan aturan dan contoh, atau CSV."""
    is_csv = file.suffix.lower() == ".csv"
    _write(file, blank.csv_of(blank.PEOPLE) if is_csv else blank.workbook_of(blank.PEOPLE))


@unit_cli.command("template")
@FILE
def unit_template(file: Path) -> None:
    """Tulis daftar unit kosong untuk diisi: XLSX dengan aturan dan contoh, atau CSV."""
    is_csv = file.suffix.lower() == ".csv"
    _write(file, blank.csv_of(blank.UNITS) if is_csv else blank.workbook_of(blank.UNITS))


def _write(file: Path, content: bytes) -> None:
    write_new(file, content)
    click.echo(f"{file} siap diisi.")


@unit_cli.command("import")
@FILE
@AGENCY
@BY
@DRY_RUN
def import_units(file: Path, code: str | None, official: str | None, dry_run: bool) -> None:
    """Impor unit (kode, kode induk, nama, jenis, pelapor): semua atau tidak sama sekali."""
    with sentences():
        report = units_intake.import_units(
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
    """Cetak pohon unit: kode, nama, jenis; unit pelapor bertanda *."""
    with sentences():
        units = queries.tree_of(queries.only_agency(code))
    for unit in units:
        depth = unit.path.count("/") - 2
        mark = " *" if unit.is_reporting else ""
        click.echo(f"{'  ' * depth}{unit.code}  {unit.name} ({unit.kind.value}){mark}")


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
    _say_causes([*report.errors, *report.warnings])
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


def _say_causes(faults: list[RowFault]) -> None:
    for group in by_cause(faults):
        about = f" · {group.subject}" if group.subject else ""
        click.echo(f"  {group.cause.value}{about}: {thousands(group.rows)} baris")


def _say_faults(faults: list[RowFault]) -> None:
    for fault in faults:
        word = "salah" if fault.is_error else "periksa"
        click.echo(f"  baris {fault.line} ({word}): {fault.sentence}")
