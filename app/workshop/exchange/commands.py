"""`flask content export` and `flask content import`: a bank goes to a Moodle, or comes from one."""

from collections.abc import Iterable
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.catalog.labels import SHORT_VIOLATIONS
from app.catalog.model import Catalog
from app.catalog.terms import Topic
from app.core.commands import write_new
from app.core.errors import NotFound
from app.reading.loader import load
from app.reading.mistakes import ContentErrors
from app.workshop.exchange import gift_writer, intake, moodle_xml, outgoing
from app.workshop.exchange.intake import Intake
from app.workshop.exchange.outgoing import Export
from app.workshop.exchange.questions import BadFile, Format, Trouble

TOPIC = click.Choice([topic.value for topic in Topic])
FORMAT = click.Choice([format.value for format in Format])
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("export")
@click.option("--format", "format", type=FORMAT, required=True, help="Bentuk berkasnya.")
@click.option(
    "--topic", "topics", type=TOPIC, multiple=True, help="Hanya topik ini; boleh diulang."
)
@click.option("--course", metavar="SLUG", help="Hanya yang dapat ditanyakan kuis kursus ini.")
@click.option("-o", "--output", type=FILE, help="Berkas baru; bawaannya keluaran baku.")
@click.option("--path", type=FOLDER, help="Folder isi; bawaannya RAMBU_CONTENT.")
@with_appcontext
def export_questions(
    format: str, topics: tuple[str, ...], course: str | None, output: Path | None, path: Path | None
) -> None:
    """Kasus terbit sebagai GIFT atau Moodle XML, satu soal untuk setiap tahap."""
    catalog = _catalog(path or current_app.config["RAMBU"].CONTENT)
    try:
        chosen = catalog.course(course) if course else None
    except NotFound:
        raise click.ClickException(f"Kursus “{course}” tidak ditemukan.") from None
    found = outgoing.export(catalog, [Topic(topic) for topic in topics], chosen, _site())
    _say_export(found)
    if not found.questions:
        raise click.ClickException("Tidak ada kasus yang dapat diekspor.")
    _give(_written(found, Format(format)), output)


def _catalog(path: Path) -> Catalog:
    try:
        return load(path)
    except ContentErrors as errors:
        raise click.ClickException(f"Isi belum bersih:\n{errors}") from None


def _site() -> str:
    """Rambu's address for links in questions; none while it serves only its own machine."""
    settings = current_app.config.get("RAMBU")
    url = settings.PUBLIC_URL if settings else ""
    return url if url.startswith("https://") else ""


def _written(found: Export, format: Format) -> bytes:
    if format is Format.GIFT:
        return gift_writer.write(found.questions).encode()
    return moodle_xml.write(found.questions)


def _say_export(found: Export) -> None:
    click.echo(f"{len(found.questions)} soal diekspor.", err=True)
    if found.left_out:
        keys = ", ".join(case.key for case in found.left_out)
        kinds = sorted({SHORT_VIOLATIONS[case.ruling.violation] for case in found.left_out})
        click.echo(
            f"{len(found.left_out)} kasus TIDAK ikut, karena jenis pelanggarannya "
            f"({', '.join(kinds)}) tidak ada di antara kelima pilihan: {keys}.",
            err=True,
        )
    for tag in found.long_tags:
        click.echo(f"Moodle akan memotong tag yang lebih dari 50 huruf: {tag}", err=True)


def _give(data: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(data, nl=False)
        return
    write_new(output, data)


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--format", "format", type=FORMAT, help="Bawaannya dikenali dari awal berkas.")
@click.option("--topic", type=TOPIC, help="Untuk soal yang tidak menyebut topik.")
@click.option("--into", type=FOLDER, help="Folder isi; bawaannya RAMBU_CONTENT.")
@click.option(
    "--path", type=FOLDER, help="Folder yang peraturannya dipakai memeriksa; bawaannya --into."
)
@click.option("--dry-run", is_flag=True, help="Periksa dan laporkan saja; tidak ada yang ditulis.")
@with_appcontext
def import_questions(
    file: Path,
    format: str | None,
    topic: str | None,
    into: Path | None,
    path: Path | None,
    dry_run: bool,
) -> None:
    """Soal dari Moodle menjadi draf: semua atau tidak sama sekali, tanpa menimpa apa pun."""
    into = into or current_app.config["RAMBU"].CONTENT
    try:
        bank = intake.read_file(file, Format(format) if format else None)
        found = intake.prepare(
            bank, into, path or _law(into), Topic(topic) if topic else None, _site()
        )
        _say_intake(file, found, into)
        if dry_run:
            click.echo("Ini hanya pemeriksaan: tidak ada yang disimpan.")
            return
        intake.write(found.drafts, into)
    except BadFile as damage:
        raise click.ClickException(str(damage)) from None


def _law(into: Path) -> Path:
    """A folder without regulations borrows those of the running Rambu."""
    if (into / "regulations").is_dir() or "RAMBU" not in current_app.config:
        return into
    content: Path = current_app.config["RAMBU"].CONTENT
    return content


def _say_intake(file: Path, found: Intake, into: Path) -> None:
    """Counts, what is left out, and every trouble, whether or not anything will be written.

    Raises SystemExit when nothing may be written.
    """
    _say(found.skipped, f"{len(found.skipped)} soal dilewati:")
    _say(found.notes, f"{len(found.notes)} hal perlu diketahui:")
    if found.troubles:
        _say(found.troubles, f"{len(found.troubles)} hal perlu diperbaiki:")
        click.echo("Tidak ada yang disimpan; perbaiki lalu impor lagi.", err=True)
        raise SystemExit(1)
    if not found.drafts:
        raise click.ClickException("Tidak ada soal yang dapat menjadi kasus.")
    click.echo(f"{file}: {len(found.drafts)} kasus menjadi draf.")
    for draft in found.drafts:
        click.echo(f"  {into / draft.path}")


def _say(troubles: Iterable[Trouble], head: str) -> None:
    lines = [f"  {trouble}" for trouble in troubles]
    if lines:
        click.echo("\n".join([head, *lines]), err=True)
