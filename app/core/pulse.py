"""Whether the database answers, within a time that a monitor can wait.

Asked over a connection of its own: those of the pool may all be waiting for a database that hangs,
and a driver waits for one as long as TCP does. Here nobody waits longer than was said.
"""

import select
import time
from urllib.parse import quote

import sqlalchemy as sa

#: Seconds.
PATIENCE = 0.5
#: A database without its schema cannot serve, and a SQLite file is only read when a table is.
QUESTION = "SELECT count(*) FROM alembic_version"


def answers(engine: sa.Engine, within: float = PATIENCE) -> bool:
    """Whether the database of an engine answers within so many seconds."""
    if engine.dialect.name == "postgresql":
        return _postgresql_answers(engine, time.monotonic() + within)
    return _sqlite_answers(engine, within)


def _sqlite_answers(engine: sa.Engine, within: float) -> bool:
    """`mode=rw`, or a file that is gone would be made anew, empty."""
    driver = engine.dialect.loaded_dbapi
    address = f"file:{quote(engine.url.database or '')}?mode=rw"
    try:
        connection = driver.connect(address, uri=True, timeout=within)
        try:
            connection.execute(QUESTION).fetchone()
        finally:
            connection.close()
    except driver.Error:
        return False
    return True


def _postgresql_answers(engine: sa.Engine, deadline: float) -> bool:
    """Step by step and never blocking, as libpq offers it: its own timeouts count whole seconds."""
    from psycopg import Error, pq

    connection = pq.PGconn.connect_start(_address(engine).encode())
    try:
        while (step := connection.connect_poll()) != pq.PollingStatus.OK:
            if step == pq.PollingStatus.FAILED:
                return False
            is_sending = step == pq.PollingStatus.WRITING
            _wait(connection.socket, select.POLLOUT if is_sending else select.POLLIN, deadline)
        connection.send_query(QUESTION.encode())
        while connection.is_busy():
            _wait(connection.socket, select.POLLIN, deadline)
            connection.consume_input()
        result = connection.get_result()
        return result is not None and result.status == pq.ExecStatus.TUPLES_OK
    except (Error, TimeoutError):
        return False
    finally:
        connection.finish()


def _address(engine: sa.Engine) -> str:
    """What SQLAlchemy would connect to, as libpq spells it: without what only its drivers know."""
    from psycopg import pq
    from psycopg.conninfo import make_conninfo

    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    _, named = engine.dialect.create_connect_args(engine.url)
    return make_conninfo("", **{name: named[name] for name in known & named.keys()})


def _wait(socket: int, event: int, deadline: float) -> None:
    """Until the socket is ready. Raises TimeoutError at the deadline."""
    poll = select.poll()
    poll.register(socket, event)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise TimeoutError
