"""Operators' commands that concern the whole house. Each feature keeps its own beside itself."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, ScriptInfo, pass_script_info, with_appcontext

from app import catalog
from app.agencies import queries as agencies
from app.asking.web import finder
from app.audit import trail
from app.audit.queries import count
from app.backups import records
from app.config import PROJECT, VERSION, Config
from app.core import locks, logs, metrics, migrations
from app.core.commands import sentences
from app.core.db import db
from app.core.stages import tell, told_to
from app.core.watched import Watched
from app.credentials.press import Press
from app.doctor.gauges import gauges_of
from app.oversight import checkpoints, watching
from app.sealing.examiner import Examiner
from app.sealing.pki import KeyTrouble

#: Requests that may wait for a worker. A webinar begins for everybody at the same minute.
BACKLOG = 2048
#: Connections that a worker keeps open, however little comes over them; who comes then must wait.
CONNECTIONS = 4096
#: Seconds for the head of a request, and for the next one over the same connection to begin.
HEAD = 10
#: Seconds that workers have for what they are answering when the server is stopped. One that was
#: told while it began did not stop by itself (granian 2.8, seen once).
LAST_ANSWERS = 20
#: The worker that a server starts and watches; systemd watches `flask jobs work` itself.
WORKER = (sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work", "--watched")


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Migrasikan basis data, buat kunci, dan isi basis data lokal yang kosong dengan demo."""
    _prepare(current_app)


@click.command("serve")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Alamatnya.")
@click.option(
    "--port",
    envvar="PORT",
    type=click.IntRange(1, 65_535),
    default=8000,
    show_default=True,
    help="Portnya.",
)
@click.option(
    "--workers",
    envvar="WORKERS",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Satu untuk setiap inti prosesor.",
)
@pass_script_info
def serve(info: ScriptInfo, host: str, port: int, workers: int) -> None:
    """Siapkan, lalu jalankan server; `make run` berakhir di sini."""
    with _own_port(host, port):
        app = info.load_app()
        with _own_instance(app.config["RAMBU"].INSTANCE):
            with app.app_context():
                _prepare(app)
                with told_to(click.echo):
                    finder()  # loaded once, shared by every worker
                _watch(app)
                db.engine.dispose()  # a connection must not be shared by two processes
            with _beside(app):
                _serve(host, port, workers, log=app.config["RAMBU"].LOG)


@contextmanager
def _beside(app: Flask) -> Iterator[None]:
    """What runs beside the workers, watched by this process, and ends with it."""
    examiner: Examiner = app.extensions["examiner"]
    worker = Watched("worker", WORKER, PROJECT)
    examiner.start()
    worker.start()
    try:
        yield
    finally:
        worker.stop()
        examiner.stop()


def _watch(app: Flask) -> None:
    """What the operator asked to be told: lines, and figures."""
    config: Config = app.config["RAMBU"]
    if config.LOG == "json":
        logs.write_json()
        app.extensions["observers"].append(logs.note_access)
    if config.METRICS_PORT:
        try:
            metrics.begin(app, config.INSTANCE, config.METRICS_PORT, gauges_of(app))
        except OSError as error:
            raise click.ClickException(
                f"Port {config.METRICS_PORT} untuk angka Prometheus tidak dapat dibuka "
                f"({error.strerror}); server tidak dimulai. Periksa RAMBU_METRICS_PORT."
            ) from error


def _serve(host: str, port: int, workers: int, log: str) -> None:
    """The application is built once and forked into the workers, so a start takes one boot.

    Two threads a worker, and two for what carries a body (`core.front`): more make the slowest page
    slower (measured: 16 cost five times as much). HTTP/1.1 alone: while granian waits to see which
    version a visitor speaks, no clock runs.
    """
    from granian.constants import HTTPModes, Interfaces, RuntimeModes
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    from app.core import front

    _make_room_for(CONNECTIONS)
    front.Server(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        runtime_mode=RuntimeModes.mt,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD * 1_000),
        workers=workers,
        backlog=BACKLOG,
        backpressure=CONNECTIONS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_ANSWERS,
        log_level=LogLevels.warning,
        log_dictconfig=logs.GRANIAN if log == "json" else None,
    ).serve(spawn_target=front.work, target_loader=_worker, wrap_loader=False)


def _make_room_for(connections: int) -> None:
    """A shell often allows 1,024 open files a process, and each connection is one."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + 1_000
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    if now != resource.RLIM_INFINITY and now < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))


def _worker() -> Flask:
    """What each worker serves: the application that it was forked with. It has no use for what
    renders or seals: the worker beside it does that. What it has refused, it writes down itself."""
    app: Flask = import_module("wsgi").app
    watching.start(app)
    return app


@contextmanager
def _own_port(host: str, port: int) -> Iterator[None]:
    """Two servers on one port would split its visitors, perhaps between two databases."""
    try:
        with locks.held_port(host, port):
            yield
    except locks.Unusable as error:
        raise click.ClickException(
            f"Port {port} di {host} tidak dapat dibuka ({error}), jadi server ini tidak dimulai "
            "dan tidak ada yang berubah. Periksa HOST dan PORT."
        ) from error
    except locks.Taken as error:
        raise click.ClickException(
            f"Port {port} di {host} sudah dipakai program lain (mungkin Rambu yang lain), jadi "
            "server ini tidak dimulai dan tidak ada yang berubah. Hentikan program itu dahulu, "
            "atau pilih port lain dengan PORT=…."
        ) from error


@contextmanager
def _own_instance(folder: Path) -> Iterator[None]:
    """One server for an instance: its workers are counted, and its keys are renewed, once."""
    try:
        with locks.held_file(folder / "serve.lock"):
            yield
    except locks.Taken as error:
        raise click.ClickException(
            f"Folder {folder} sedang dipakai server Rambu lain (proses {error.holder}), jadi "
            "server ini tidak dimulai dan tidak ada yang berubah. Hentikan server itu dahulu, atau "
            "beri RAMBU_INSTANCE folder lain."
        ) from error


@click.command("version", help="Menampilkan versi Rambu.")
def version() -> None:
    """For a report of a fault: it needs neither a database nor sound content."""
    click.echo(f"Rambu versi {VERSION}")


def _prepare(app: Flask) -> None:
    with told_to(click.echo):
        catalog.current()  # broken content stops here, before anything is changed
        with locks.one_at_a_time(db.engine, _say_waiting):
            _migrate(app)
            _adopt_trail(app.config["RAMBU"].INSTANCE)
            _refuse_public_demo(app)
            _make_keys(app)
            _fill(app)


def _migrate(app: Flask) -> None:
    if not migrations.is_current(app):
        from flask_migrate import upgrade  # and Alembic: most starts have nothing to migrate

        tell("Memutakhirkan basis data …")
        upgrade()


def _adopt_trail(instance: Path) -> None:
    """A trail that is older than its key goes on under it; one under another key stops here. If it
    came from a copy, it says so."""
    with sentences():
        trail.adopt()
        records.restored(instance)
    db.session.commit()
    records.forget_restored(instance)


def _refuse_public_demo(app: Flask) -> None:
    """Everybody knows the password of everybody in the demo, its administrators too."""
    from app import demo  # a story that only a demo needs

    config: Config = app.config["RAMBU"]
    if not config.is_local and demo.is_loaded():
        raise click.ClickException(
            "Basis data ini memuat daerah demo, yang kata sandinya diketahui siapa pun, padahal "
            f"{config.PUBLIC_URL} alamat umum; server tidak dimulai. Hapus demonya dengan "
            "flask --app wsgi demo remove, atau pakai basis data lain."
        )


def _say_waiting() -> None:
    click.echo("Proses lain sedang menyiapkan basis data ini; menunggu sampai selesai …")


def _fill(app: Flask) -> None:
    """The demo region for an empty database that only this machine sees; and where to begin."""
    from app import demo

    config: Config = app.config["RAMBU"]
    if not agencies.has_any():
        if not config.is_local or count():  # a trail means that something has been here
            click.echo(
                "Basis data masih kosong. Mulailah dengan: flask --app wsgi agency create --help"
            )
            return
        click.echo("Basis data masih kosong: memuat daerah demo …")
        demo.load(catalog.current())
    if demo.is_loaded():
        pages = app.url_map.bind("")
        click.echo(demo.welcome(lambda page: config.PUBLIC_URL + pages.build(page)))


def _make_keys(app: Flask) -> None:
    """Sealing keys at the first start. Lost ones are never replaced in silence, nor are those of
    the other nodes."""
    press: Press = app.extensions["press"]
    try:
        checkpoints.check_seal(press.folder)
        press.keys()
    except KeyTrouble as error:
        raise click.ClickException(str(error)) from error


demo_cli = AppGroup("demo", help="Daerah demo yang rekaan.")


@demo_cli.command("remove")
@click.option("--yes", is_flag=True, help="Tanpa bertanya.")
@with_appcontext
def remove_demo(yes: bool) -> None:
    """Hapus daerah demo seluruhnya: orang, akun, jawaban, dan dokumennya."""
    from app.demo import removal

    with _own_instance(current_app.config["RAMBU"].INSTANCE), sentences():
        agency = removal.region()
        removal.check_alone()
        found = removal.counts()
        question = (
            f"{agency.name} (demo) dengan {found['people']} pegawai dan {found['documents']} "
            "dokumen, termasuk yang ditambahkan sesudahnya, akan hilang untuk selamanya. Hapus?"
        )
        if not yes:
            click.confirm(question, abort=True)
        with locks.one_at_a_time(db.engine, _say_waiting):
            _begin_anew()
    click.echo("Daerah demo sudah dihapus. Kunci segel dan kunci rahasia tetap.")


def _begin_anew() -> None:
    """The demo was all there was: every table is made again, and the trail says how it ended."""
    from flask_migrate import downgrade, upgrade

    from app.demo import removal

    db.session.rollback()
    removal.check_alone()  # once more: whoever was asked may have taken an hour
    said = removal.end_of_trail()
    db.session.remove()  # an open transaction would keep tables from going
    downgrade(revision="base")
    upgrade()
    removal.record(said)
    db.session.commit()
