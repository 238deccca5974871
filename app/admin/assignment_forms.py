"""The shapes of an assignment, of ending one, and of an exemption."""

from datetime import date, timedelta
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs: WTForms 3.2
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.admin.forms import day_field, line_field
from app.admin.unit_choice import unit_field
from app.agencies.positions import LABELS as LEVELS
from app.agencies.positions import Level
from app.assignments.audience import Audience, words_of
from app.assignments.models import EXEMPTION_LABELS, Assignment, ExemptionKind
from app.assignments.operations import Excuse, Wish
from app.catalog.labels import PERSON_STATUSES, PHASES
from app.catalog.model import Course
from app.catalog.terms import PersonStatus, Phase
from app.core.dates import long_date
from app.core.forms import CHOOSE, Form, text_of, tick

#: Months after which an assignment may renew itself at the latest.
LONGEST = 60


def _several(label: str, choices: dict[Any, str]) -> SelectMultipleField:
    return SelectMultipleField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        choices=[SelectChoice(value.value, text) for value, text in choices.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        invalid_choice_message=CHOOSE,
    )


def _one_of(label: str, choices: dict[Any, str], none: str) -> SelectField:
    return SelectField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        choices=[SelectChoice("", none)]
        + [SelectChoice(value.value, text) for value, text in choices.items()],
        invalid_choice_message=CHOOSE,
    )


class WishForm(Form):
    """Whom, by when, and how it goes on. `seen`: how many people the last preview counted."""

    statuses = _several("Status kepegawaian", PERSON_STATUSES)
    levels = _several("Jenjang jabatan", LEVELS)
    leaders_only = BooleanField("Hanya pimpinan")
    words = line_field("Kata dalam nama jabatan", 160)
    opens_on = day_field("Dibuka")
    due_on = day_field("Tenggat")
    leader_first = BooleanField("Pimpinan dahulu: unit terbuka setelah pimpinannya menandatangani")
    leaders_until = day_field("Unit terbuka tanpa tanda tangan pimpinan mulai", must=False)
    asked_by = line_field("Diminta oleh", 160, required="Tulis siapa yang meminta.")
    earlier_counts = BooleanField("Pakta yang masih berlaku ikut dihitung", default=True)
    phase = _one_of(
        "Diulang setiap awal tahap pemilihan",
        {one: text for one, text in PHASES.items() if one is not Phase.ALWAYS},
        "Tidak diulang menurut tahap",
    )
    renew_months = IntegerField(
        "Diulang setiap (bulan)",
        validators=[Optional(), NumberRange(1, LONGEST, f"Isi 1 sampai {LONGEST} bulan.")],
    )
    renews_by_edition = BooleanField("Diulang bila edisi kursusnya berganti")
    seen = HiddenField()
    act = HiddenField(default="lihat")

    def validate_leader_first(self, field: BooleanField) -> None:
        if field.data and self.leaders_until.data is None:
            raise ValidationError("Isi hari unit terbuka bila pimpinannya belum menandatangani.")

    def wish(self, course: Course) -> Wish:
        chosen = frozenset(PersonStatus(one) for one in self.statuses.data or ())
        return Wish(
            audience=Audience(
                statuses=chosen or frozenset(course.audience),
                levels=frozenset(Level(one) for one in self.levels.data or ()),
                words=words_of(text_of(self.words)),
                leaders_only=self.leaders_only.data,
            ),
            opens_on=_day(self.opens_on.data),
            due_on=_day(self.due_on.data),
            asked_by=text_of(self.asked_by),
            phase=Phase(self.phase.data) if self.phase.data else None,
            leaders_until=self.leaders_until.data if self.leader_first.data else None,
            renew_months=self.renew_months.data,
            renews_by_edition=self.renews_by_edition.data,
            earlier_counts=self.earlier_counts.data,
        )

    def warnings(self, today: date) -> list[str]:
        """What is allowed, and seldom meant."""
        opens, due = _day(self.opens_on.data), _day(self.due_on.data)
        found = []
        if due < today:
            found.append(f"Tenggat {long_date(due)} sudah lewat: semua orang langsung terlambat.")
        elif opens < today - timedelta(days=1):
            found.append(f"Hari pembukaan {long_date(opens)} sudah lewat.")
        if due >= today and (due - max(opens, today)).days < 3:
            found.append("Waktunya kurang dari tiga hari.")
        return found

    def is_confirmed(self, count: int) -> bool:
        """Whether a desk presses Save on a preview of as many people as there are."""
        return self.act.data == "simpan" and self.seen.data == str(count)


class NewForm(WishForm):
    """The same, with the course and the part of the tree."""

    course = SelectField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        "Kursus", validators=[InputRequired(CHOOSE)], invalid_choice_message=CHOOSE
    )
    unit_id = unit_field("Untuk unit ini dan semua di bawahnya")


def shown(assignment: Assignment) -> dict[str, object]:
    """An assignment as its form begins."""
    audience, cycle = assignment.audience, assignment.cycles[-1]
    return {
        "statuses": [one.value for one in audience.statuses],
        "levels": [one.value for one in audience.levels],
        "leaders_only": audience.leaders_only,
        "words": ", ".join(audience.words),
        "opens_on": cycle.opens_on,
        "due_on": cycle.due_on,
        "leader_first": assignment.leader_first,
        "leaders_until": assignment.leaders_until,
        "asked_by": assignment.asked_by,
        "earlier_counts": cycle.counts_from is None or cycle.counts_from < cycle.opens_on,
        "phase": assignment.phase.value if assignment.phase else "",
        "renew_months": assignment.renew_months,
        "renews_by_edition": assignment.renews_by_edition,
    }


class EndForm(Form):
    sure = tick("Ya, akhiri penugasan ini.")


class ExemptionForm(Form):
    """Why, from when, until when, and from which assignment (none: from all)."""

    kind = _one_of("Sebab", EXEMPTION_LABELS, "— pilih —")
    assignment_id = SelectField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        "Dari penugasan", coerce=int, invalid_choice_message=CHOOSE
    )
    since = day_field("Sejak")
    until = day_field("Sampai", must=False)
    note = line_field("Keterangan", 200)

    def validate_kind(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(CHOOSE)
        if field.data == ExemptionKind.OTHER.value and not text_of(self.note):
            raise ValidationError("Tulis sebabnya pada keterangan.")

    def asked(self, assignment: Assignment | None) -> Excuse:
        kind, since = ExemptionKind(self.kind.data), _day(self.since.data)
        return Excuse(kind, since, self.until.data, text_of(self.note), assignment)


def _day(day: date | None) -> date:
    assert day is not None, "a valid form has one"
    return day
