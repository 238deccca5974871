"""create_app: the only module that knows every room. It wires, and decides nothing."""

from flask import Flask
from flask_wtf import CSRFProtect

from app import config as settings
from app.accounts import access, sessions, two_steps
from app.accounts import retention as accounts_retention
from app.accounts import views as accounts_views
from app.admin import roster_deeds, slip_deeds, work
from app.admin import views as admin_views
from app.agencies import moves, nip
from app.asking import guides, linting, regulations
from app.asking import views as asking_views
from app.asking import web as asking_web
from app.assignments import deeds as assignments_deeds
from app.audit import keys
from app.backups import deeds as backups_deeds
from app.catalog.labels import label
from app.core import migrations, places, web
from app.core.commands import Rooms
from app.core.db import db, keep_secrets, tune_sqlite
from app.core.kept import token
from app.courses import views as courses_views
from app.credentials import archives
from app.credentials import deeds as credentials_deeds
from app.credentials import views as credentials_views
from app.editing import items, sending
from app.editing import retention as editing_retention
from app.editing import settings as editing_settings
from app.editing import views as editing_views
from app.home import views as home_views
from app.home.nav import pages
from app.jobs import web as jobs
from app.jobs.retention import own_rules
from app.judgements import deeds as judgements_deeds
from app.learning import views as learning_views
from app.live import deeds as live_deeds
from app.live import hosting as live_hosting
from app.live import overnight, replaying, seats
from app.live import reporting as live_reporting
from app.live import retention as live_retention
from app.live import views as live_views
from app.live import web as live_web
from app.outbox import deeds as outbox_deeds
from app.outbox import retention as outbox_retention
from app.oversight import deeds as oversight_deeds
from app.oversight import views as oversight_views
from app.quizzes import views as quizzes_views
from app.reading import web as reading
from app.reminders import deeds as reminders_deeds
from app.reports import assigned as reports_assigned
from app.reports import briefing_deed, misread_views, sharing
from app.reports import deeds as reports_deeds
from app.rights import deeds as rights_deeds
from app.rights import letting_go
from app.rights import views as rights_views
from app.rosters import retention as rosters_retention

BLUEPRINTS = (
    home_views.bp,
    accounts_views.bp,
    two_steps.bp,
    asking_views.bp,
    linting.bp,
    regulations.bp,
    guides.bp,
    credentials_views.bp,
    learning_views.bp,
    quizzes_views.bp,
    live_views.bp,
    live_reporting.bp,
    seats.bp,
    replaying.bp,
    live_hosting.bp,
    courses_views.bp,
    misread_views.bp,
    reports_assigned.bp,
    sharing.bp,
    oversight_views.bp,
    rights_views.bp,
    admin_views.bp,
    work.bp,
    sending.bp,
    items.bp,
    editing_views.bp,
)
#: Pages that rooms below them send people to (`core.places`).
PLACES = {
    "answering": "sending.answer",
    "assignment": "reports.assignment",
    "course": "courses.course",
    "courses": "courses.courses",
    "correction": "admin.correct",
    "data": "rights.mine",
    "front": "home.home",
    "person": "admin.person",
    "quiz": "courses.start",
    "reminders": "accounts.reminders",
    "result": "courses.result",
    "sending": "sending.draft",
    "work": "work.job",
}
#: What the worker can do, and what it forgets in time.
DEEDS = (
    slip_deeds.MAKE,
    credentials_deeds.PRINT,
    archives.MAKE,
    reports_deeds.MAKE,
    overnight.END,
    live_deeds.GIVE,
    live_deeds.GIVE_LATE,
    live_deeds.PRINT,
    live_deeds.REPORT,
    judgements_deeds.COUNT,  # before anything is forgotten
    briefing_deed.BRIEFING,
    moves.MOVE,
    assignments_deeds.OPEN_CYCLES,
    outbox_deeds.SEND,
    reminders_deeds.ROUND,
    oversight_deeds.CHECKPOINT,
    backups_deeds.AGE,
    rights_deeds.PRINT,
    *roster_deeds.DEEDS,
)
RETENTION = (
    editing_retention.rules,
    accounts_retention.rules,
    live_retention.rules,
    outbox_retention.rules,
    letting_go.rules,
    rosters_retention.rules,
    own_rules,
)
#: Where each command stands. It is loaded when it is called: a server calls one of them.
COMMANDS = {
    "prepare": "app.cli:prepare",
    "serve": "app.cli:serve",
    "version": "app.cli:version",
    "demo": "app.cli:demo_cli",
    "db": "flask_migrate.cli:db",
    "accounts": "app.accounts.commands:accounts_cli",
    "agency": "app.agencies.commands:agency_cli",
    "audit": "app.oversight.commands:audit_cli",
    "backup": "app.backups.commands:backup_cli",
    "content": "app.workshop.commands:content_cli",
    "credentials": "app.credentials.commands:credentials_cli",
    "doctor": "app.doctor.commands:doctor",
    "jobs": "app.jobs.commands:jobs_cli",
    "live": "app.live.commands:live_cli",
    "rights": "app.rights.commands:rights_cli",
    "roster": "app.rosters.commands:roster_cli",
    "unit": "app.rosters.commands:unit_cli",
}


def create_app(config: settings.Config | None = None) -> Flask:
    """Build the application, or stop with one sentence that names what is wrong."""
    config = config or settings.from_environment()
    app = web.Application(__name__, instance_path=str(config.INSTANCE))
    app.config.from_mapping(_flask_settings(config), RAMBU=config)
    keys.tell(config.TRAIL_KEY)
    _open_database(app)
    public_url, is_local = config.PUBLIC_URL, config.is_local
    web.install(app, public_url=public_url, is_local=is_local, proxies=config.PROXIES)
    CSRFProtect(app)  # after web: even the page that refuses a form needs the hook of every page
    sessions.install(app)
    _add_features(app)
    access.guard(app)
    forgotten = [rule for rules_of in RETENTION for rule in rules_of(config)]
    jobs.install(app, config.INSTANCE, DEEDS, forgotten)
    live_web.install(app, public_url=public_url, is_local=is_local)
    reading.install(app, config.CONTENT)  # last: its links are held against all addresses
    return app


def _flask_settings(config: settings.Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.SECRET_KEY,
        "SQLALCHEMY_DATABASE_URI": config.DATABASE,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(config),
        "MAX_FORM_PARTS": 200,
        # The __Host- prefix binds the cookie to this host; browsers grant it to https only.
        "SESSION_COOKIE_NAME": "rambu" if config.is_local else "__Host-rambu",
        "SESSION_COOKIE_SECURE": not config.is_local,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # A quiz opened before lunch must survive: the token lives as long as its session.
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _engine_options(config: settings.Config) -> dict[str, object]:
    # hide_parameters: a statement that fails is logged without the people it is about.
    pool: dict[str, object] = {"pool_size": 4, "max_overflow": 4, "hide_parameters": True}
    if not config.DATABASE.startswith("sqlite"):
        return pool | {"pool_recycle": 1800}
    # isolation_level None: core.db begins transactions itself, IMMEDIATE where they may write.
    connect = {"isolation_level": None, "check_same_thread": False, "timeout": 10}
    return pool | {"module": settings.sqlite_module(), "connect_args": connect}


def _open_database(app: Flask) -> None:
    db.init_app(app)
    migrations.install(app, settings.PROJECT / "migrations")
    with app.app_context():
        keep_secrets(db.engine)
        if db.engine.dialect.name == "sqlite":
            tune_sqlite(db.engine)


def _add_features(app: Flask) -> None:
    places.install(app, PLACES)
    asking_web.install(app)
    editing_settings.tell(app.config["RAMBU"])
    app.add_template_filter(nip.grouped, "grouped")
    app.add_template_filter(label, "label")
    # Not the Host header: whoever sends a request writes that.
    public_url = app.config["RAMBU"].PUBLIC_URL
    # `csrf_token` over Flask-WTF's own: one signature a page, however many forms.
    app.context_processor(lambda: {"pages": pages(), "public_url": public_url, "csrf_token": token})
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli = Rooms(app.name, COMMANDS)
