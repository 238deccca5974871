"""`flask jobs …`: the worker, what it has done, and what is over."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import locks, logs
from app.core.dates import thousands
from app.core.watched import end_with_parent
from app.jobs import queries, retention
from app.jobs.web import engine, rules

jobs_cli = AppGroup("jobs", help="Pekerjaan latar: berkas PDF, masa simpan, dan sejenisnya.")


@jobs_cli.command("work")
@click.option("--watched", is_flag=True, help="Berakhir bersama proses yang memulainya.")
def work(watched: bool) -> None:
    """Kerjakan pekerjaan latar sampai dihentikan; `serve` memulainya sendiri."""
    from app.jobs.worker import work

    if watched:
        end_with_parent()
    config = current_app.config["RAMBU"]
    if config.LOG == "json":
        logs.write_json()
    folder = config.INSTANCE
    try:
        with locks.held_file(folder / "jobs.lock"):
            work(engine())
    except locks.Taken as error:
        raise click.ClickException(
            f"Pekerja untuk folder {folder} sudah berjalan (proses {error.holder}); satu sudah "
            "cukup. Tidak ada yang berubah."
        ) from error


@jobs_cli.command("list")
def list_jobs() -> None:
    """Tampilkan dua puluh pekerjaan terakhir, dan apakah ada pekerja."""
    for job in queries.latest_jobs(20):
        steps = f" {job.done}/{job.total}" if job.total else ""
        when = f"{job.asked_at:%Y-%m-%d %H:%M} UTC"
        line = f"{job.id:>6}  {when}  {engine().label_of(job)} {job.subject}: {job.state.label}"
        click.echo(f"{line}{steps}{' · ' + job.failure if job.failure else ''}")
    alive = "Pekerja berjalan." if queries.is_worker_alive() else "Tidak ada pekerja yang berjalan."
    click.echo(alive)


@jobs_cli.command("retention")
@click.option("--dry-run", is_flag=True, help="Hitung saja; tidak ada yang dihapus.")
def keep(dry_run: bool) -> None:
    """Hapus yang sudah lewat masa simpannya; pekerja melakukannya sendiri setiap hari."""
    done = retention.rehearsed if dry_run else retention.kept
    for rule, count in done(rules()):
        verb = "akan dihapus" if dry_run else "dihapus"
        click.echo(f"{rule.label}: {thousands(count)} {verb}")
