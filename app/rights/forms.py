"""What is asked, and what is answered. They tidy; whether it may be, operations say."""

from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs: WTForms 3.2
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, ValidationError

from app.core.forms import CHOOSE, Form, tick
from app.core.texts import tidy
from app.rights.models import LONGEST, OUTCOMES, WISHES, Outcome, Wish

SHORTEST = 5


def _tidy(_form: BaseForm, field: Field) -> None:
    found, wrong = tidy(field.data or "", field.label.text, LONGEST)
    if wrong:
        raise ValidationError(wrong)
    field.data = found


def _text_field(label: str, missing: str) -> TextAreaField:
    too_short = f"Tulis dalam {SHORTEST} sampai {LONGEST} huruf."
    must = [InputRequired(missing), _tidy, Length(min=SHORTEST, message=too_short)]
    return TextAreaField(label, validators=must)


def _radio(label: str, words: dict[Wish, str] | dict[Outcome, str]) -> RadioField:
    return RadioField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        choices=[SelectChoice(one.value, said) for one, said in words.items()],
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )


class AskForm(Form):
    wish = _radio("Apa yang Anda minta?", WISHES)
    text = _text_field("Penjelasan", "Tulis apa yang keliru, atau mengapa Anda memintanya.")

    @property
    def wished(self) -> Wish:
        return Wish(self.wish.data)


class AnswerForm(Form):
    outcome = _radio("Putusan", OUTCOMES)
    text = _text_field("Jawaban kepada pegawai", "Tulis jawabannya beserta alasannya.")
    sure = tick("Saya sudah memeriksanya; putusan ini tidak dapat diubah.")

    @property
    def decided(self) -> Outcome:
        return Outcome(self.outcome.data)


class EndForm(Form):
    """Nothing to fill in: a button that says what it does."""
