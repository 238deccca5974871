"""Shapes of what a desk fills in. They tidy and convert; whether it may be, operations say."""

from datetime import date

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs: WTForms 3.2
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.admin.unit_choice import unit_field
from app.agencies import nip
from app.agencies.nip import BadNumber, Level
from app.agencies.operations import Details
from app.catalog.labels import PERSON_STATUSES
from app.catalog.terms import PersonStatus
from app.core.forms import CHOOSE, Form, text_of, tick
from app.core.texts import tidy
from app.rosters import ranks

REASONS = (
    "Pensiun",
    "Pindah ke instansi lain",
    "Berhenti atau kontrak berakhir",
    "Meninggal dunia",
    "Tercatat dua kali",
)


#: What browsers send, then what people type where a browser knows no field for dates.
FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
NO_DATE = "Tulis tanggal yang ada di kalender, misalnya 27-11-2026."


def day_field(label: str, *, must: bool = True) -> DateField:
    return DateField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        format=FORMATS,
        validators=[InputRequired("Isi tanggalnya.") if must else Optional()],
        invalid_value_message=NO_DATE,
    )


class Tidy:
    """One line of text: spaces brought in order; foul letters and overlong text refused, and
    spaces alone where `required` has the sentence about that."""

    def __init__(self, longest: int, required: str | None = None) -> None:
        self.longest, self.required = longest, required

    def __call__(self, _form: BaseForm, field: Field) -> None:
        found, wrong = tidy(field.data or "", field.label.text, self.longest)
        if wrong := wrong or (self.required if not found else None):
            raise ValidationError(wrong)
        field.data = found


def line_field(label: str, longest: int, *, required: str | None = None) -> StringField:
    must = [InputRequired(required)] if required else []
    return StringField(label, validators=[*must, Tidy(longest, required)])


def _status_field() -> SelectField:
    return SelectField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        "Status kepegawaian",
        choices=[SelectChoice("", "— pilih —")]
        + [SelectChoice(status.value, label) for status, label in PERSON_STATUSES.items()],
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )


class DetailsForm(Form):
    """Name, titles, status, rank, position."""

    front_title = line_field("Gelar depan", 40)
    name = line_field("Nama tanpa gelar", 120, required="Isi namanya.")
    back_title = line_field("Gelar belakang", 80)
    status = _status_field()
    rank = line_field("Pangkat/golongan", 80)
    position = line_field("Jabatan", 160)

    def validate_name(self, field: StringField) -> None:
        if not any(letter.isalpha() for letter in field.data or ""):
            raise ValidationError("Nama harus memuat huruf.")

    @property
    def details(self) -> Details:
        status = PersonStatus(self.status.data)
        rank, _ = ranks.normalise(self.rank.data or "", status)
        return Details(
            name=text_of(self.name).strip(" ,"),
            status=status,
            front_title=text_of(self.front_title).strip(" ,"),
            back_title=text_of(self.back_title).strip(" ,"),
            rank=rank,
            position=text_of(self.position),
        )


def _read_number(field: StringField) -> str | None:
    """The digits, None for an empty field; a ValidationError says what is wrong."""
    text = (field.data or "").strip()
    try:
        return nip.read_number(text) if text.strip("-– ") else None
    except BadNumber as error:
        raise ValidationError(error.message) from error


def _number_doubts(number: str | None, status: PersonStatus, today: date) -> list[str]:
    if number is None:
        return []
    found = nip.faults(number, status, today)
    return [fault.sentence for fault in found if fault.level is Level.WARNING]


class PersonForm(DetailsForm):
    """Somebody new. `sure` is asked for when something is odd."""

    number = StringField("NIP / NI PPPK", validators=[Length(max=60)])
    unit_id = unit_field("Unit kerja")
    sure = BooleanField("Sudah saya periksa pada sumber aslinya; simpan seperti ini.")

    def validate_number(self, field: StringField) -> None:
        self.digits = _read_number(field)

    def doubts(self, today: date) -> list[str]:
        """Oddities of number and rank that nobody has confirmed yet."""
        status, typed = PersonStatus(self.status.data), self.rank.data or ""
        found = _number_doubts(self.digits, status, today)
        if not ranks.normalise(typed, status)[1]:
            found.append(f"Pangkat/golongan “{typed}” tidak dikenal; periksa ejaannya.")
        return [] if self.sure.data else found


class NumberForm(Form):
    """Another NIP or NI PPPK, and the status that goes with it."""

    number = StringField(
        "NIP / NI PPPK baru", validators=[InputRequired("Isi nomor barunya."), Length(max=60)]
    )
    status = _status_field()
    sure = BooleanField("Sudah saya periksa pada sumber aslinya; simpan seperti ini.")

    def validate_number(self, field: StringField) -> None:
        digits = _read_number(field)
        if digits is None:
            raise ValidationError("Isi nomor barunya.")
        self.digits = digits

    def doubts(self, today: date) -> list[str]:
        """Oddities of the number that nobody has confirmed yet."""
        found = _number_doubts(self.digits, PersonStatus(self.status.data), today)
        return [] if self.sure.data else found


class CorrectForm(DetailsForm):
    """What is new of somebody on record; status, rank and position since a day."""

    since: DateField = day_field("TMT status, pangkat, atau jabatan", must=False)


class MoveForm(Form):
    unit_id = unit_field("Pindah ke unit")
    position = line_field("Jabatan di unit baru", 160)
    since: DateField = day_field("Terhitung mulai tanggal (TMT)", must=False)


class LeaveForm(Form):
    reason = RadioField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        "Mengapa?",
        choices=[SelectChoice(reason) for reason in REASONS],
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )
    sure = tick("Ya, nonaktifkan orang ini.")


class ConfirmForm(Form):
    """Nothing to fill in: a button that says what it does."""


class IssueForm(Form):
    unit_id = IntegerField(validators=[Optional()])
    also_coded = BooleanField("Ganti juga kode yang sudah diterbitkan; slip lama tidak berlaku.")
    slips_only = HiddenField()


class ChanceForm(Form):
    course = HiddenField()
    reason = TextAreaField(
        "Alasan",
        validators=[
            InputRequired("Tulis alasannya."),
            Tidy(200),
            Length(min=5, message="Tulis alasannya dalam 5 sampai 200 huruf."),
        ],
    )


class RosterForm(Form):
    """A file of people, as an HR office has it."""

    file = FileField("Berkas CSV atau XLSX", validators=[FileRequired("Pilih berkasnya.")])
