"""Shapes of what people type to enter. They judge nothing that only the database knows."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.agencies import nip

NUMBER = "NIP / NI PPPK"


def _as_number(text: str | None) -> str | None:
    """Digits, where they can be read; else as typed, so that it can be corrected."""
    try:
        return nip.read_identity(text or "")
    except nip.BadNumber:
        return text


def _is_number(_form, field) -> None:
    try:
        nip.read_identity(field.data)
    except nip.BadNumber as error:
        raise ValidationError(error.message) from error


def _number_field() -> StringField:
    return StringField(
        NUMBER,
        validators=[InputRequired("Isi NIP Anda."), Length(max=40), _is_number],
        filters=[_as_number],
    )


class SignInForm(FlaskForm):
    number = _number_field()
    password = PasswordField(
        "Kata sandi", validators=[InputRequired("Isi kata sandi Anda."), Length(max=1000)]
    )
    lanjut = HiddenField()
