"""Rows for very many people, made by PostgreSQL itself: INSERT … SELECT from series.

The same numbers give the same rows whichever of the agencies are asked for, so an agency alone is
to the last row what it is among the others. Rosters come agency by agency, as imports do; what
people did is laid down as they did it, all agencies mixed. Nothing here is checked or hashed: pages
are to be measured, not the trail.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

#: Reporting units of an agency, and units below each.
OFFICES, BELOW = 40, 6
UNITS = 1 + OFFICES + OFFICES * BELOW
#: Answers on cases of lessons, and on the paper of a quiz.
CASES, PAPER = 4, 12
#: Entries of the trail for each account.
ENTRIES = 6
FIRST = "Sari Budi Rina Dewi Yusuf Agung Laras Tono Lestari Wayan Made Siti Ahmad Nur Putri Dian"
LAST = (
    "Wulandari Hartono Kusuma Anggraini Maulana Pratama Setyowati Wibowo Ayu Saputra Hidayat "
    "Siregar Nasution Simanjuntak Rahman Halim Santoso Utami Permata Lubis Ginting Tanjung Batubara"
)


@dataclass(frozen=True)
class Size:
    """So many agencies of so many people each. Half of the people have entered; of six of those
    two are reading, one has a quiz open, one has passed, and two have signed."""

    agencies: int
    people: int

    @property
    def entered(self) -> int:
        return self.people // 2

    @property
    def answers(self) -> int:
        sitting = sum(1 for j in range(1, self.entered + 1) if j % 6 >= 2)
        return self.agencies * (self.entered * CASES + sitting * PAPER)


@dataclass(frozen=True)
class Pattern:
    """What a real person left, from which everybody's is copied."""

    course: str
    edition: str
    paper: dict
    facts: dict[str, dict]
    lessons: tuple[str, ...]


def fill(connection: sa.Connection, size: Size, agencies: list[int], like: Pattern) -> None:
    """Into an empty database that is migrated. Constraints between tables are not checked again."""
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
    connection.exec_driver_sql(
        "CREATE TEMP TABLE k ON COMMIT DROP AS SELECT unnest(%s::int[]) AS k", (agencies,)
    )
    given = {"paper": json.dumps(like.paper), "course": like.course, "edition": like.edition}
    given |= {kind: json.dumps(facts) for kind, facts in like.facts.items()}
    given |= {"lessons": list(like.lessons)}
    for statement in _statements(size):
        connection.execute(sa.text(statement), given)
    _count_on(connection)


def _count_on(connection: sa.Connection) -> None:
    """Ids that are given from here on come after those that are there."""
    query = (
        "SELECT table_name, pg_get_serial_sequence(table_name, 'id')"
        " FROM information_schema.columns WHERE column_name = 'id' AND table_schema = 'public'"
        " AND pg_get_serial_sequence(table_name, 'id') IS NOT NULL"
    )
    for table, sequence in connection.exec_driver_sql(query).all():
        connection.exec_driver_sql(
            f"SELECT setval('{sequence}', (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)"
        )


def _statements(size: Size) -> Iterator[str]:
    """In the order of what hangs on what. `i` counts people of an agency, `j` those who entered."""
    a, p = size.agencies, size.people
    people = f"(SELECT k, i FROM k, generate_series(1, {p}) AS i ORDER BY k, i) AS roster"
    entered = f"generate_series(1, {size.entered}) AS j, k"  # mixed: j outside, k inside
    sitting = f"(SELECT j, k FROM {entered}) AS s WHERE j % 6 >= 2"
    signed = f"(SELECT j, k FROM {entered}) AS s WHERE j % 6 >= 4"
    person, enrolment = f"(k - 1) * {p} + 2 * j", f"j * {a} + k"
    base = f"(k - 1) * {UNITS}"
    yield """INSERT INTO agencies (id, code, kind, name, office_name, office_short, city, address,
        zone, official_name, official_number, official_position, created_at)
        SELECT k, 'instansi-' || k, 'kabupaten', 'Pemerintah Kabupaten ' || k, 'BKPSDM', 'BKPSDM',
        'Kota', 'Jalan 1', 'Asia/Jakarta', 'Ratna', '197204121998032004', 'Kepala', now() FROM k"""
    yield f"""INSERT INTO units (id, agency_id, parent_id, path, code, name, kind, is_reporting)
        SELECT {base} + 1, k, NULL, '/' || {base} + 1 || '/', '00', 'Kabupaten ' || k, 'instansi',
        false FROM k"""
    yield f"""INSERT INTO units (id, agency_id, parent_id, path, code, name, kind, is_reporting)
        SELECT {base} + 1 + r, k, {base} + 1, '/' || {base} + 1 || '/' || {base} + 1 + r || '/',
        r::text, 'Dinas ' || r, 'dinas', true FROM k, generate_series(1, {OFFICES}) AS r"""
    below = f"{base} + 1 + {OFFICES} + (r - 1) * {BELOW} + s"
    yield f"""INSERT INTO units (id, agency_id, parent_id, path, code, name, kind, is_reporting)
        SELECT {below}, k, {base} + 1 + r,
        '/' || {base} + 1 || '/' || {base} + 1 + r || '/' || {below} || '/', r || '.' || s,
        'UPTD ' || r || '.' || s, 'uptd', false
        FROM k, generate_series(1, {OFFICES}) AS r, generate_series(1, {BELOW}) AS s"""
    yield """INSERT INTO unit_lines (agency_id, unit_id, parent_id, path, name, kind, is_reporting,
        since) SELECT agency_id, id, parent_id, path, name, kind, is_reporting, date '2020-01-01'
        FROM units"""
    yield from _roster(p, people, base)
    yield from _learning(person, enrolment, entered, sitting)
    yield from _documents(person, enrolment, signed)
    yield from _trail(a, size.entered, person, enrolment)
    yield from _desks(p, base)


def _roster(p: int, people: str, base: str) -> Iterator[str]:
    id = f"(k - 1) * {p} + i"
    unit = (
        f"CASE WHEN i <= 3 THEN {base} + 1 ELSE {base} + 2 + {OFFICES} + i % {OFFICES * BELOW} END"
    )
    number = (
        f"to_char(date '1965-01-01' + ({id}) % 12000, 'YYYYMMDD') || '2010'"
        f" || lpad((({id}) / 12000 % 12 + 1)::text, 2, '0') || '1'"
        f" || lpad((({id}) / 144000)::text, 3, '0')"
    )
    names = ("{" + ",".join(FIRST.split()) + "}", "{" + ",".join(LAST.split()) + "}")
    one_of = [
        f"('{array}'::text[])[1 + ({id}) * {step} % {array.count(',') + 1}]"
        for array, step in zip(names, (7, 13), strict=True)
    ]
    yield f"""INSERT INTO people (id, agency_id, unit_id, number, front_title, name, back_title,
        status, rank, position, is_active, created_at)
        SELECT {id}, k, {unit}, {number}, '', {one_of[0]} || ' ' || {one_of[1]}, 'S.E.',
        CASE WHEN i % 5 = 0 THEN 'pppk' ELSE 'pns' END, 'Penata Muda (III/a)', 'Pelaksana',
        i % 50 <> 7, now() FROM {people}"""
    yield f"""INSERT INTO identifiers (id, person_id, number, since)
        SELECT {id}, {id}, {number}, date '2020-01-01' FROM {people}"""
    yield f"""INSERT INTO placements (id, person_id, unit_id, status, rank, position, since)
        SELECT {id}, {id}, {unit}, 'pns', 'Penata Muda (III/a)', 'Pelaksana', date '2020-01-01'
        FROM {people}"""
    yield f"""INSERT INTO accounts (id, person_id, password_hash, activated_at,
        password_changed_at) SELECT {id}, {id}, 'x', now(), now() FROM {people} WHERE i % 2 = 0"""
    yield f"""INSERT INTO activation_codes (id, person_id, issued_at, expires_at)
        SELECT {id}, {id}, now(), now() + interval '30 days' FROM {people} WHERE i % 2 = 1"""


def _learning(person: str, enrolment: str, entered: str, sitting: str) -> Iterator[str]:
    yield f"""INSERT INTO sign_ins (id, account_id, token_hash, created_at, seen_at, proved_at,
        device, network) SELECT {enrolment}, {person}, md5('token' || {enrolment}), now(), now(),
        now(), 'Chrome di Android', '10.0.0.0/24' FROM {entered}"""
    yield f"""INSERT INTO enrolments (id, person_id, agency_id, course, edition,
        started_at, lessons_completed_at, passed_at, score_percent, signed_at, completed_at)
        SELECT {enrolment}, {person}, k, :course, :edition, now() - interval '9 days',
        CASE WHEN j % 6 >= 2 THEN now() END, CASE WHEN j % 6 >= 3 THEN now() END,
        CASE WHEN j % 6 >= 3 THEN 90 END, CASE WHEN j % 6 >= 4 THEN now() END,
        CASE WHEN j % 6 >= 4 THEN now() END FROM {entered}"""
    yield f"""INSERT INTO lessons_done (enrolment_id, lesson, done_at)
        SELECT {enrolment}, slug, now() FROM {entered},
        unnest(CAST(:lessons AS text[])) WITH ORDINALITY AS lesson (slug, place)
        WHERE j % 6 >= 2 OR place = 1"""
    yield f"""INSERT INTO case_answers (enrolment_id, place, scenario, phase, choice, is_right,
        answered_at) SELECT {enrolment}, 'latihan-' || lpad(c::text, 4, '0'), 'kasus-' || c,
        'semua', 'boleh', true, now() FROM generate_series(1, {CASES}) AS c, {entered}"""
    yield f"""INSERT INTO attempts (id, enrolment_id, number, paper, started_at, submitted_at,
        score_percent, passed) SELECT {enrolment}, {enrolment}, 1, CAST(:paper AS json),
        now() - interval '1 hour', CASE WHEN j % 6 > 2 THEN now() END,
        CASE WHEN j % 6 > 2 THEN 90 END, CASE WHEN j % 6 > 2 THEN true END FROM {sitting}"""
    yield f"""INSERT INTO attempt_answers (attempt_id, question, position, choice, saved_at,
        revision) SELECT {enrolment}, 'q' || c, c, 'boleh', now(), 1
        FROM generate_series(1, {PAPER}) AS c, {sitting}"""


def _documents(person: str, enrolment: str, signed: str) -> Iterator[str]:
    for place, kind in enumerate(("pledge", "certificate")):
        id = f"2 * ({enrolment}) + {place}"
        code = f"upper(translate(md5('{kind}' || {id}), '01896', 'QRSTU'))"
        yield f"""INSERT INTO credentials (id, code, kind, holder_id, agency_id, source, number,
            sequence, year, facts, issued_at)
            SELECT {id}, left({code}, 26), '{kind}', {person}, k, :course || '@' || :edition,
            '{kind}/' || j, j, 2026, CAST(:{kind} AS json), now() FROM {signed}"""
        yield f"""INSERT INTO credential_files (credential_id, content, sha256, size, seal_serial,
            sealed_at) SELECT {id}, '\\x25504446', md5('a{kind}' || {id}) || md5('b' || {id}), 4,
            'ab', now() FROM {signed} AND j % 2 = 0"""
        yield f"""INSERT INTO credential_counters (agency_id, kind, year, last)
            SELECT k, '{kind}', 2026, 1000000 FROM k"""


def _trail(a: int, entered: int, person: str, enrolment: str) -> Iterator[str]:
    """Everybody's first sign-in, then everybody's next deed: a year in which all are at work."""
    id = f"((e - 1) * {entered} + j) * {a} + k"
    yield f"""INSERT INTO audit_entries (id, at, action, actor_id, subject, data, previous_hash,
        hash, mark) SELECT {id}, now() - interval '200 days' + ({id}) * interval '1 second',
        (ARRAY['account.activated', 'account.signed_in', 'course.started', 'lesson.finished',
        'lesson.finished', 'account.signed_out'])[e], {person},
        CASE WHEN e IN (3, 4, 5) THEN 'enrolments:' || {enrolment} ELSE 'accounts:' || {person} END,
        '{{"network":"10.0.0.0/24"}}', repeat('0', 64), md5('a' || {id}) || md5('b' || {id}),
        repeat('0', 64)
        FROM generate_series(1, {ENTRIES}) AS e, generate_series(1, {entered}) AS j, k"""
    last = "SELECT max(id) FROM audit_entries"
    yield f"""INSERT INTO audit_parts (batch, place, action, subject, data)
        SELECT 'impor-' || k, i, 'person.added', 'people:' || (k - 1) * {2 * entered} + i, '{{}}'
        FROM k, generate_series(1, {2 * entered}) AS i"""
    yield f"""UPDATE audit_head SET last_id = ({last}),
        last_hash = (SELECT hash FROM audit_entries WHERE id = ({last}))"""


def _desks(p: int, base: str) -> Iterator[str]:
    for i, role in ((1, "hr_admin"), (2, "auditor")):
        yield f"""INSERT INTO grants (person_id, role, unit_id, granted_at, reason, expires_at)
            SELECT (k - 1) * {p} + {i}, '{role}', {base} + 1, now(), '', now() + interval '90 days'
            FROM k"""
    yield f"""INSERT INTO grants (person_id, role, unit_id, granted_at, reason, expires_at)
        SELECT (k - 1) * {p} + 3, 'unit_admin', {base} + 2, now(), '', now() + interval '90 days'
        FROM k"""
    yield """INSERT INTO election_calendars (agency_id, election, name, candidates_fixed_on,
        campaign_from, campaign_until, voting_on, closes_on)
        SELECT k, 'pilkada', 'Pilkada', current_date + 30, current_date + 40, current_date + 50,
        current_date + 60, current_date + 90 FROM k"""
