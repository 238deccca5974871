"""create_app: the only module that knows every feature. It wires, and decides nothing."""

from importlib import import_module

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from app import config as settings
from app.accounts import access
from app.agencies import nip
from app.audit import models as _audit_models  # noqa: F401
from app.core import web
from app.core.db import db, tune_sqlite

#: Megabytes that a request may carry. A sealed PDF or a roster is far below.
MAX_UPLOAD = 6 * 1024 * 1024


def create_app(config: settings.Config | None = None) -> Flask:
    """Build the application, or raise one sentence that names what is wrong."""
    config = config or settings.from_environment()
    app = Flask(__name__, instance_path=str(config.INSTANCE))
    app.config.from_mapping(_flask_settings(config), RAMBU=config)
    _open_database(app)
    app.add_template_filter(nip.grouped, "grouped")
    web.install(app, is_local=config.is_local, proxies=config.PROXIES)
    CSRFProtect(app)  # after web, whose hook every page needs, even the one that refuses a form
    _add_features(app, config)
    access.guard(app)
    return app


def _flask_settings(config: settings.Config) -> dict:
    secure = not config.is_local
    engine: dict = {"pool_size": 4, "max_overflow": 4}
    if config.DATABASE.startswith("sqlite"):
        engine |= {
            "module": settings.sqlite_module(),
            "connect_args": {"isolation_level": None, "check_same_thread": False, "timeout": 10},
        }
    else:
        engine |= {"pool_recycle": 1800}
    return {
        "SECRET_KEY": config.SECRET_KEY,
        "SQLALCHEMY_DATABASE_URI": config.DATABASE,
        "SQLALCHEMY_ENGINE_OPTIONS": engine,
        "MAX_CONTENT_LENGTH": MAX_UPLOAD,
        "MAX_FORM_MEMORY_SIZE": 200_000,
        "MAX_FORM_PARTS": 200,
        "SESSION_COOKIE_NAME": "__Host-rambu" if secure else "rambu",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # A quiz opened before lunch must survive: the token lives as long as its session.
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _open_database(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(settings.PROJECT / "migrations"), render_as_batch=True)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            tune_sqlite(db.engine)


def _add_features(app: Flask, config: settings.Config) -> None:
    # TEMPORARY while features land in parallel: import whatever exists.
    import importlib.util as u

    def have(name):
        try:
            return u.find_spec(name) is not None
        except ModuleNotFoundError:
            return False

    for feature in (
        "agencies",
        "accounts",
        "catalog",
        "credentials",
        "learning",
        "quizzes",
        "reports",
        "admin",
    ):
        if have(f"app.{feature}.models"):
            import_module(f"app.{feature}.models")
    if have("app.catalog.web"):
        try:
            import_module("app.catalog.web").install(app, config.CONTENT)
        except (Exception, SystemExit) as error:  # noqa: BLE001  TEMPORARY: content is being written
            app.logger.warning("content does not load yet: %s", str(error)[:300])
    if have("app.accounts.sessions"):
        import_module("app.accounts.sessions").install(app)
    for feature in (
        "audit",
        "accounts",
        "catalog",
        "credentials",
        "learning",
        "quizzes",
        "reports",
        "admin",
    ):
        if have(f"app.{feature}.views"):
            app.register_blueprint(import_module(f"app.{feature}.views").bp)
    for feature in (
        "agencies",
        "accounts",
        "catalog",
        "credentials",
        "learning",
        "quizzes",
        "audit",
    ):
        if have(f"app.{feature}.commands"):
            module = import_module(f"app.{feature}.commands")
            for value in vars(module).values():
                if type(value).__name__ == "AppGroup":
                    app.cli.add_command(value)
