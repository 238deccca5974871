"""Shapes of what people type to enter. They judge nothing that only the database knows."""

from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.form import BaseForm
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from app.accounts.passwords import LONGEST, SHORTEST
from app.agencies import nip
from app.core.forms import Form, text_of

NUMBER = "NIP / NI PPPK"


def _as_number(text: str | None) -> str | None:
    """Digits, where they can be read; else as typed, so that it can be corrected."""
    try:
        return nip.read_identity(text or "")
    except nip.BadNumber:
        return text


def _is_number(_form: BaseForm, field: StringField) -> None:
    try:
        nip.read_identity(text_of(field))
    except nip.BadNumber as error:
        raise ValidationError(error.message) from error


def _new_password_field(label: str) -> PasswordField:
    return PasswordField(
        label,
        validators=[
            InputRequired("Isi kata sandi baru."),
            Length(min=SHORTEST, message=f"Kata sandi minimal {SHORTEST} karakter."),
            Length(max=LONGEST, message=f"Kata sandi maksimal {LONGEST} karakter."),
        ],
    )


def _repeat_field() -> PasswordField:
    return PasswordField(
        "Ketik kata sandi baru sekali lagi",
        validators=[
            InputRequired("Ketik kata sandi baru sekali lagi."),
            EqualTo("new", "Kedua ketikan kata sandi baru tidak sama."),
        ],
    )


def _number_field() -> StringField:
    return StringField(
        NUMBER,
        validators=[InputRequired("Isi NIP Anda."), Length(max=40), _is_number],
        filters=[_as_number],
    )


class SignInForm(Form):
    number = _number_field()
    password = PasswordField(
        "Kata sandi", validators=[InputRequired("Isi kata sandi Anda."), Length(max=1000)]
    )
    lanjut = HiddenField()


class ForgottenForm(Form):
    number = _number_field()


class MailForm(Form):
    address = StringField("Alamat surel", validators=[Length(max=254)])
    refuses = BooleanField("Jangan kirimi saya pengingat lewat surel.")


class CodeForm(Form):
    """A code of an authenticator app, or one from paper."""

    code = StringField("Kode", validators=[InputRequired("Isi kodenya."), Length(max=40)])
    lanjut = HiddenField()


class ActivationForm(Form):
    number = _number_field()
    code = StringField(
        "Kode dari admin unit", validators=[InputRequired("Isi kodenya."), Length(max=40)]
    )
    new = _new_password_field("Kata sandi baru")
    repeat = _repeat_field()


class PasswordForm(Form):
    old = PasswordField(
        "Kata sandi sekarang",
        validators=[InputRequired("Isi kata sandi Anda sekarang."), Length(max=1000)],
    )
    new = _new_password_field("Kata sandi baru")
    repeat = _repeat_field()
