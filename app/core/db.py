"""The database: one typed base, and the helpers that let it referee races.

On SQLite every transaction that may write begins with BEGIN IMMEDIATE: a deferred one that reads
first and writes later fails with "database is locked" under load (measured: 52 % of requests).
Pages that only read say so with `reading()`, and may change their mind with `start_writing()`.
"""

import enum
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.pool import ConnectionPoolEntry

_reading: ContextVar[bool] = ContextVar("reading", default=False)

T = TypeVar("T")
#: Values in one IN (…): SQLite allows 32,766 parameters, PostgreSQL 65,535.
MANY = 10_000
#: An object kept as JSON. Whoever froze it knows what its values are.
Json = dict[str, Any]


class Moment(sa.TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite forgets the zone, so it is put back on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: use core.clock.now()")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every model is. Not `db.Model`: that one is made at run time, so no checker knows it."""

    registry = registry(
        type_annotation_map={
            datetime: Moment(),
            Json: sa.JSON(),
            enum.StrEnum: sa.Enum(
                enum.StrEnum,
                native_enum=False,
                length=40,
                values_callable=lambda kind: [member.value for member in kind],
            ),
        },
        metadata=sa.MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


db = SQLAlchemy(model_class=Base)


def upsert(model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that may say what happens on a conflict, as both databases spell it."""
    is_postgresql = db.engine.dialect.name == "postgresql"
    return postgresql.insert(model) if is_postgresql else sqlite.insert(model)


def changed(statement: sa.Update | sa.Delete) -> int:
    """Execute a statement that changes rows, and count them."""
    done = db.session.execute(statement)
    assert isinstance(done, sa.CursorResult)
    return done.rowcount


def in_bulk(statement: sa.Update | sa.Delete) -> int:
    """Change rows past the objects that the session has loaded of them, and count them."""
    return changed(statement.execution_options(synchronize_session=False))


def portions(values: Sequence[T], size: int = MANY) -> Iterator[Sequence[T]]:
    """So many at a time, in their order."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def update_if(row: Base, condition: sa.ColumnElement[bool], **values: object) -> bool:
    """Change one row only if `condition` still holds. Of two racing requests, one gets True."""
    mapper = sa.inspect(type(row))
    (id_column,), (row_id,) = mapper.primary_key, mapper.primary_key_from_instance(row)
    done = in_bulk(sa.update(type(row)).where(id_column == row_id, condition).values(**values))
    db.session.refresh(row)
    return done == 1


def hold(row: Base) -> None:
    """Reread a row and keep others from changing it until this transaction ends."""
    # Of this table alone: whatever the row was loaded with comes along, and is not to be locked.
    db.session.refresh(row, with_for_update={"of": type(row)})


def share(row: Base) -> None:
    """Reread a row that others may share and point at, but not change, until this transaction
    ends."""
    db.session.refresh(row, with_for_update={"of": type(row), "read": True})


def hold_lightly(row: Base) -> None:
    """`hold`, while others may go on to point at the row: new people at their agency."""
    db.session.refresh(row, with_for_update={"of": type(row), "key_share": True})


@contextmanager
def at_most_one(error: Exception) -> Iterator[None]:
    """Risk a UNIQUE constraint; losing the race raises `error` and undoes only the inside.

    Any other constraint that breaks is nobody's race, and is raised as it is.
    """
    try:
        with db.session.begin_nested():
            yield
            db.session.flush()
    except IntegrityError as clash:
        if not _is_taken(clash):
            raise
        raise error from clash


def _is_taken(clash: IntegrityError) -> bool:
    """Whether a row like it existed. SQLSTATE 23505, as PostgreSQL's appendix A names it."""
    state = getattr(clash.orig, "sqlstate", None)
    return state == "23505" if state else "UNIQUE" in str(clash.orig)


def reading() -> None:
    """Say that this context only reads, so that SQLite need not take the write lock."""
    _reading.set(True)


def start_writing() -> None:
    """End a read transaction, so that the next statement begins one that may write.

    Loaded objects are expired and read again; nothing pending may be lost, so it refuses that.
    """
    if _reading.get():
        if db.session.new or db.session.dirty or db.session.deleted:
            raise RuntimeError("start_writing() after changes were made")
        db.session.rollback()
    _reading.set(False)


def keep_secrets(engine: sa.Engine) -> None:
    """Let no error repeat a row. PostgreSQL adds a DETAIL to a broken constraint: the key of the
    row, or all of it; `hide_parameters` hides only what SQLAlchemy would add."""

    @sa.event.listens_for(engine, "handle_error")
    def on_error(context: sa.ExceptionContext) -> None:
        for error in (context.original_exception, context.sqlalchemy_exception):
            if error is not None:
                error.args = tuple(_without_detail(part) for part in error.args)


def _without_detail(part: object) -> object:
    return part.partition("\nDETAIL:")[0] if isinstance(part, str) else part


def tune_sqlite(engine: sa.Engine) -> None:
    """Give SQLite the settings that were measured safe (synchronous=FULL lost no commit)."""

    @sa.event.listens_for(engine, "connect")
    def on_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "cache_size=-32768",
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
