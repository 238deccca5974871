"""A person gets all that is stored about her: every table is walked, and every column."""

import json

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.db import Base
from app.quizzes.paper import thaw
from app.rights import operations, words
from app.rights.models import Wish
from app.rights.stored import ELSEWHERE, PARTS, WITHHELD, stored_about
from tests import learners, people

#: Names of columns that mean a person without a foreign key.
SUSPECT = ("person_id", "actor_id", "_by_id", "account_id", "holder_id", "learner_id", "subject")
TABLES = Base.metadata.tables


def references(parts) -> set[str]:
    """Every column that points at a person, or at a row that is about one."""
    about = {part.table.name for part in parts}
    return {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.c
        if {key.column.table.name for key in column.foreign_keys} & about
        or column.name.endswith(SUSPECT)
    }


def unaccounted(parts, elsewhere) -> set[str]:
    followed = {f"{part.table.name}.{part.via}" for part in parts}
    return references(parts) - followed - elsewhere.keys()


def test_every_reference_to_a_person_is_exported_or_listed_with_its_reason():
    assert unaccounted(PARTS, ELSEWHERE) == set(), (
        "say in app/rights/stored.py whose rows these are (PARTS), or why not (ELSEWHERE)"
    )
    assert all(len(reason) > 15 for reason in [*ELSEWHERE.values(), *WITHHELD.values()])


#: Tables whose rows are told by a name, wherever another row leads to them.
NAMED = {"agencies", "units", "people", "live_sessions", "live_runs"}


@pytest.mark.parametrize("part", PARTS[1:], ids=lambda part: part.table.name)
def test_a_table_that_is_forgotten_is_found(part):
    rest = tuple(one for one in PARTS if one is not part)
    assert f"{part.table.name}.{part.via}" in unaccounted(rest, ELSEWHERE)


def test_no_reason_outlives_its_column():
    columns = {f"{table.name}.{column.name}" for table in TABLES.values() for column in table.c}
    assert set(WITHHELD) | set(ELSEWHERE) <= columns
    assert not set(ELSEWHERE) - references(PARTS)


def test_every_column_is_printed_or_for_machines_alone():
    named = {table.name for table in TABLES.values()}
    for part in PARTS:
        for column in part.table.c:
            if f"{part.table.name}.{column.name}" in WITHHELD:
                continue
            targets = {key.column.table.name for key in column.foreign_keys}
            is_named = targets & NAMED and column.name != part.via
            name = column.name.removesuffix("_id") if is_named else column.name
            assert name in words.COLUMNS or name in words.UNPRINTED, f"{part.table.name}.{name}"
    assert "people" in named  # the walk saw something


@pytest.fixture
def studied(app, db, cast, sign_in):
    """Sari failed once, passed and signed; Budi did his own; each is signed in somewhere."""
    attempt = learners.failed(app, cast.sari)
    learners.signed(app, cast.budi)
    operations.ask(cast.sari, Wish.CORRECTION, "Gelar saya kurang satu.")
    db.commit()
    people.browser_of(app, cast.sari)
    people.browser_of(app, cast.budi)
    return attempt


def test_her_file_has_all_her_rows_and_nothing_of_anybody_else(db, cast, studied):
    about = stored_about(cast.sari)
    whole = words.as_file(cast.sari, about)
    parsed = json.loads(whole)["bagian"]
    question = thaw(studied.paper).questions[0]
    answers = [row["question"] for row in parsed["attempt_answers"]["baris"]]
    assert any(question.question in text for text in answers)
    assert parsed["people"]["baris"][0]["unit"] == "Puskesmas Melati"
    assert len(parsed["sign_ins"]["baris"]) == 1
    assert parsed["data_requests"]["baris"][0]["text"] == "Gelar saya kurang satu."
    assert "Budi" not in whole
    assert cast.budi.number not in whole
    assert "Budi" in words.as_file(cast.budi, stored_about(cast.budi))


def test_no_secret_is_in_the_file(db, cast, studied):
    whole = words.as_file(cast.sari, stored_about(cast.sari))
    for name in WITHHELD:
        table, column = name.split(".")
        secrets = db.scalars(sa.select(TABLES[table].c[column])).all()
        assert not any(str(secret) in whole for secret in secrets if secret is not None), name
    assert cast.sari.number in whole  # the same search finds what is there


def test_the_trail_names_her_deeds_and_hides_what_they_did_to_others(db, cast, studied):
    answer = operations.ask(cast.budi, Wish.CORRECTION, "Nama saya keliru.")
    operations.answer(answer, operations.Outcome.REFUSED, "Sudah benar.", cast.dewi)
    db.commit()
    rows = stored_about(cast.dewi)[AuditEntry.__tablename__]
    assert rows[-1]["action"] == "Permintaan data dijawab"
    assert (rows[-1]["actor"], rows[-1]["data"]) == ("Anda", None)
    budis = stored_about(cast.budi)[AuditEntry.__tablename__]
    assert budis[-1]["actor"] == "pegawai lain"
    assert json.loads(budis[-1]["data"])["outcome"] == "refused"


def test_a_long_part_is_printed_to_its_end_and_the_rest_is_said(db, cast, studied, monkeypatch):
    monkeypatch.setattr(words, "PRINTED", 5)
    record = words.as_record(cast.sari, stored_about(cast.sari))
    answers = next(one for one in record.sections if one.title == "Jawaban kuis")
    assert len(answers.rows) == 5
    assert "Tercetak: 5 yang terakhir" in answers.note
    assert dict(record.sections[0].rows[0])["Status"] == "PNS"
