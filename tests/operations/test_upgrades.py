"""From every version that people may have to this one: nothing is lost, and a migration that is
interrupted has not happened.

`tests/releases/VERSION.json.gz` holds what that version itself wrote: people, a course on its way
and two that ended, documents, one of them revoked and one replaced, and the trail of it all.
"""

import gzip
import json
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from app.audit import trail
from app.backups import envelope
from app.backups import operations as backups
from app.core import migrations
from app.core.db import db as database
from app.core.db import start_writing
from tests import disk, trials, whole
from tests.failing import failing

RELEASES = sorted((Path(__file__).parents[1] / "releases").glob("*.json.gz"))


@pytest.fixture(params=RELEASES, ids=lambda path: path.name.removesuffix(".json.gz"))
def release(request):
    return json.loads(gzip.decompress(request.param.read_bytes()))


@pytest.fixture
def installed(app, release):
    """The application on a database of that version. Afterwards the schema is ours again."""
    with app.app_context():
        start_writing()
        database.session.remove()
        downgrade(revision=release["revision"])
        _fill(release["rows"])
        yield release
        database.session.remove()
        upgrade()


def _tables(connection, names) -> list[sa.Table]:
    """As they are in the database now, those that are pointed at first."""
    known = sa.MetaData()
    known.reflect(connection, only=lambda name, _: name in names)
    return known.sorted_tables


def _fill(rows) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_head")
        for table in _tables(connection, rows):
            if found := [_typed(table, row) for row in rows[table.name]]:
                connection.execute(sa.insert(table).values(found))  # one of them names a later one


def _typed(table: sa.Table, row) -> dict:
    """JSON knows neither moments nor days."""
    return {name: _value(table.c[name].type, value) for name, value in row.items()}


def _value(kind, value):
    if value is None:
        return None
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    if isinstance(kind, sa.Boolean):
        return bool(value)
    if isinstance(kind, sa.JSON):
        return json.loads(value)
    return value


def kept(rows) -> dict[str, list]:
    """What the database has now of the columns that were there then."""
    found = {}
    with database.engine.connect() as connection:
        for table in _tables(connection, rows):
            if not rows[table.name]:
                continue
            columns = [table.c[name] for name in rows[table.name][0] if name in table.c]
            query = sa.select(*columns).order_by(*table.primary_key.columns)
            found[table.name] = [tuple(row) for row in connection.execute(query)]
    return found


def version() -> str:
    with database.engine.connect() as connection:
        return migrations.held(connection)


def test_an_upgrade_that_fails_anywhere_has_not_happened_and_the_next_loses_nothing(installed):
    before = kept(installed["rows"])
    assert sum(map(len, before.values())) > 200
    for at in (5, 20, 35, 10_000):
        with failing(at) as fault, suppress(sa.exc.OperationalError):
            upgrade()
        if fault.met is None:
            break
        assert version() == installed["revision"]
        assert kept(installed["rows"]) == before
    assert fault.calls > 40
    trail.adopt()
    database.session.commit()
    assert whole.faults() == []
    after = kept(installed["rows"])
    assert {name: len(rows) for name, rows in after.items() if name not in GROWS} == {
        name: len(rows) for name, rows in before.items() if name not in GROWS
    }
    assert after["attempt_answers"] == before["attempt_answers"]


#: Tables to which an upgrade itself adds: the entry that says where the marks of the trail begin.
GROWS = ("audit_entries",)


@pytest.mark.parametrize("built_app", ["sqlite"], indirect=True)
def test_killed_in_the_middle_of_an_upgrade_it_is_old_or_new(installed, app, tmp_path):
    assert len(set(states_of_a_killed_upgrade(app, tmp_path))) == 2


@pytest.mark.parametrize("built_app", ["sqlite"], indirect=True)
def test_control_in_a_transaction_for_each_version_it_is_between(
    installed, app, tmp_path, monkeypatch
):
    """As Alembic does on SQLite where nobody says that SQLite can."""
    ordinary = MigrationContext.configure

    def configure(*arguments, **more):
        more["opts"] = {**more["opts"], "transactional_ddl": False}
        return ordinary(*arguments, **more)

    monkeypatch.setattr(MigrationContext, "configure", configure)
    assert len(set(states_of_a_killed_upgrade(app, tmp_path))) > 2


@pytest.mark.parametrize("built_app", ["sqlite"], indirect=True)
def test_a_copy_that_this_program_made_before_the_upgrade_brings_the_old_version_back(
    installed, app, tmp_path
):
    """As the operator's guide has it: a copy, the upgrade, and the way back."""
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there, tmp_path / "copies"):
        folder.mkdir()
    secret, recipient = envelope.new_identity()
    config = replace(app.config["RAMBU"], INSTANCE=here, KEYS=here)
    before = kept(installed["rows"])
    lock = envelope.lock_for(recipient)
    made = backups.make(config, database.engine, tmp_path / "copies", lock)
    upgrade()
    assert version() != installed["revision"]
    address = f"sqlite:///{there / 'rambu.db'}"
    engine = sa.create_engine(address, module=database.engine.dialect.loaded_dbapi)
    opener = envelope.Opener(identity=secret)
    backups.restore(replace(config, INSTANCE=there, KEYS=there), engine, made.file, opener)
    engine.dispose()
    with whole.bound_to(there / "rambu.db"):
        assert version() == installed["revision"]
        assert kept(installed["rows"]) == before


def states_of_a_killed_upgrade(app, folder) -> list[tuple[str, int]]:
    """Version and tables of what is left by an upgrade that dies, here and there on its way."""
    file, log = Path(app.instance_path) / "rambu.db", []
    with trials.synced(), disk.watched(lambda step: trials._noted(step, log)):
        start = disk.files_of(file)
        upgrade()
        database.engine.dispose()
    found, chance = [], Random(1)
    for at in sorted([0, *(chance.randrange(len(log)) for _ in range(12)), len(log)]):
        disk.put(disk.after_kill(start, log[:at]), folder)
        with whole.bound_to(folder / file.name):
            with database.engine.connect() as connection:
                tables = sa.inspect(connection).get_table_names()
            found.append((version(), len(tables)))
    assert found == sorted(found)
    return found
