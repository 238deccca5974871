"""Fields of a host's forms: each with its sentences, in the shape that browsers and people type."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import DateField, Field, IntegerField, RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs: WTForms 3.2
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.core.forms import CHOOSE
from app.core.texts import tidy

#: What browsers send, then what people type where a browser knows no field for dates.
DAYS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
TIMES = ["%H:%M", "%H.%M"]
NO_DATE = "Tulis tanggal yang ada di kalender, misalnya 27-11-2026."
NO_TIME = "Tulis jam dan menitnya, misalnya 09.00."
NO_NUMBER = "Tulis dengan angka."


class Line:
    """One line of text: spaces brought in order; foul letters and overlong text refused, and
    spaces alone where `required` has the sentence about that."""

    def __init__(self, longest: int, required: str | None = None) -> None:
        self.longest, self.required = longest, required

    def __call__(self, _form: BaseForm, field: Field) -> None:
        field.data, wrong = tidy(field.data or "", field.label.text, self.longest)
        if wrong := wrong or (self.required if not field.data else None):
            raise ValidationError(wrong)


def radio_field(label: str, words: Mapping[Any, str], default: str) -> RadioField:
    return RadioField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        choices=[SelectChoice(str(value), text) for value, text in words.items()],
        default=default,
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )


def select_field(label: str, choices: Sequence[SelectChoice] = ()) -> SelectField:
    return SelectField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        choices=list(choices),
        validators=[Optional()],
        invalid_choice_message=CHOOSE,
    )


def number_field(label: str, least: int, most: int, default: int) -> IntegerField:
    return IntegerField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        default=default,
        validators=[
            InputRequired(NO_NUMBER),
            NumberRange(least, most, f"Tulis angka {least} sampai {most}."),
        ],
        invalid_value_message=NO_NUMBER,
    )


def day_field(label: str, *, must: bool = True) -> DateField:
    return DateField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        format=DAYS,
        validators=[InputRequired("Isi tanggalnya.") if must else Optional()],
        invalid_value_message=NO_DATE,
    )


def time_field(label: str) -> TimeField:
    return TimeField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        format=TIMES,
        validators=[InputRequired("Isi jamnya.")],
        invalid_value_message=NO_TIME,
    )
