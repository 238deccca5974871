"""Enrolments, finished lessons, and answered cases.

There are no rows before this.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "enrolments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(80), nullable=False),
        sa.Column("edition", sa.String(40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lessons_completed_at", sa.DateTime(timezone=True)),
        sa.Column("passed_at", sa.DateTime(timezone=True)),
        sa.Column("score_percent", sa.Integer()),
        sa.Column("signed_at", sa.DateTime(timezone=True)),
        sa.Column("completed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "(passed_at IS NULL) = (score_percent IS NULL)", "ck_enrolments_pass_has_score"
        ),
        sa.CheckConstraint(
            "signed_at IS NULL OR passed_at IS NOT NULL", "ck_enrolments_signed_after_pass"
        ),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (completed_at IS NULL)", "ck_enrolments_completed_when_signed"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_enrolments_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolments"),
        sa.UniqueConstraint(
            "course", "edition", "person_id", name="uq_enrolments_course_edition_person_id"
        ),
    )
    op.create_index("ix_enrolments_person_id", "enrolments", ["person_id"])
    op.create_table(
        "lessons_done",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("lesson", sa.String(80), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_lessons_done_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_lessons_done"),
        sa.UniqueConstraint("enrolment_id", "lesson", name="uq_lessons_done_enrolment_id_lesson"),
    )
    op.create_table(
        "case_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(20), nullable=False),
        sa.Column("scenario", sa.String(80), nullable=False),
        sa.Column("phase", sa.String(20), nullable=False),
        sa.Column("choice", sa.String(20)),
        sa.Column("is_right", sa.Boolean()),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "(choice IS NULL) = (is_right IS NULL) AND (choice IS NULL) = (answered_at IS NULL)",
            "ck_case_answers_answered_as_a_whole",
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_case_answers_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_answers"),
        sa.UniqueConstraint(
            "enrolment_id",
            "place",
            "scenario",
            "phase",
            name="uq_case_answers_enrolment_id_place_scenario_phase",
        ),
    )
    op.create_index(
        "uq_case_answers_open_turn",
        "case_answers",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("choice IS NULL"),
        postgresql_where=sa.text("choice IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("case_answers")
    op.drop_table("lessons_done")
    op.drop_table("enrolments")
