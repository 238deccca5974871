"""Webinar companions: sessions, their questions and openings, who took part, and what was answered.

Nine new tables; no existing row changes. Going back drops every session with its answers; the trail
keeps that they were opened and ended, with their counts and digests.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

TABLES = (
    "live_sessions",
    "live_hosts",
    "live_speakers",
    "live_questions",
    "live_runs",
    "live_participants",
    "live_answers",
    "live_presence",
    "live_events",
)


def upgrade() -> None:
    op.create_table(
        "live_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("gives", sa.String(40), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(80)),
        sa.Column("allows_guests", sa.Boolean(), nullable=False),
        sa.Column("asks_sure", sa.Boolean(), nullable=False),
        sa.Column("is_rehearsal", sa.Boolean(), nullable=False),
        sa.Column("replay_until", sa.Date()),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lobby_at", sa.DateTime(timezone=True)),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("paused_at", sa.DateTime(timezone=True)),
        sa.Column("signing_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("digest", sa.String(64)),
        sa.Column("forgotten_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("starts_at < ends_at", name="ck_live_sessions_ends_after_start"),
        sa.CheckConstraint(
            "(gives = 'lessons') = (course IS NOT NULL)",
            name="ck_live_sessions_lessons_of_a_course",
        ),
        sa.CheckConstraint(
            "started_at IS NULL OR lobby_at IS NOT NULL", name="ck_live_sessions_lobby_first"
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_live_sessions_agency_id"),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["people.id"], name="fk_live_sessions_created_by_id"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_live_sessions_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_live_sessions"),
        sa.UniqueConstraint("code", name="uq_live_sessions_code"),
    )
    op.create_index(
        "ix_live_sessions_agency_id_starts_at", "live_sessions", ["agency_id", "starts_at"]
    )
    op.create_index("ix_live_sessions_unit_id", "live_sessions", ["unit_id"])
    op.create_table(
        "live_hosts",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_live_hosts_person_id"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name="fk_live_hosts_session_id"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name="pk_live_hosts"),
    )
    op.create_index("ix_live_hosts_person_id", "live_hosts", ["person_id"])
    op.create_table(
        "live_speakers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("affiliation", sa.String(120), nullable=False),
        sa.Column("link_until", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name="fk_live_speakers_session_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_live_speakers"),
    )
    op.create_index("ix_live_speakers_session_id", "live_speakers", ["session_id"])
    op.create_table(
        "live_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("scenario", sa.String(80), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("notes", sa.String(1000), nullable=False),
        sa.Column("skipped_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name="fk_live_questions_session_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_live_questions"),
        sa.UniqueConstraint("session_id", "place", name="uq_live_questions_session_id_place"),
    )
    op.create_table(
        "live_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True)),
        sa.Column("voided_at", sa.DateTime(timezone=True)),
        sa.Column("tally", sa.JSON()),
        sa.CheckConstraint("opens_at < closes_at", name="ck_live_runs_closes_after_opening"),
        sa.CheckConstraint(
            "revealed_at IS NULL OR tally IS NOT NULL", name="ck_live_runs_revealed_with_tally"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["live_questions.id"], name="fk_live_runs_question_id"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name="fk_live_runs_session_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_live_runs"),
        sa.UniqueConstraint(
            "question_id", "phase", "round", name="uq_live_runs_question_id_phase_round"
        ),
    )
    op.create_index("ix_live_runs_session_id", "live_runs", ["session_id"])
    op.create_table(
        "live_participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("guest", sa.Integer()),
        sa.Column("guest_code", sa.String(8)),
        sa.Column("joined_at", sa.DateTime(timezone=True)),
        sa.Column("extra_percent", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "extra_percent BETWEEN 100 AND 300", name="ck_live_participants_extra_percent"
        ),
        sa.CheckConstraint(
            "(guest IS NULL) = (guest_code IS NULL)", name="ck_live_participants_guest_has_code"
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) = (guest IS NOT NULL)", name="ck_live_participants_person_or_guest"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_live_participants_person_id"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name="fk_live_participants_session_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_live_participants"),
        sa.UniqueConstraint("session_id", "guest", name="uq_live_participants_session_id_guest"),
        sa.UniqueConstraint(
            "session_id", "person_id", name="uq_live_participants_session_id_person_id"
        ),
    )
    op.create_index("ix_live_participants_person_id", "live_participants", ["person_id"])
    op.create_table(
        "live_answers",
        sa.Column("run_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.String(20)),
        sa.Column("is_sure", sa.Boolean()),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timing", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["live_participants.id"], name="fk_live_answers_participant_id"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["live_runs.id"], name="fk_live_answers_run_id"),
        sa.PrimaryKeyConstraint("run_id", "participant_id", name="pk_live_answers"),
    )
    op.create_index("ix_live_answers_participant_id", "live_answers", ["participant_id"])
    op.create_table(
        "live_presence",
        sa.Column("participant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["live_participants.id"], name="fk_live_presence_participant_id"
        ),
        sa.PrimaryKeyConstraint("participant_id", "slot", name="pk_live_presence"),
    )
    op.create_table(
        "live_events",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer()),
        sa.Column("command", sa.String(20), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name="fk_live_events_actor_id"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name="fk_live_events_session_id"
        ),
        sa.PrimaryKeyConstraint("session_id", "version", name="pk_live_events"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
