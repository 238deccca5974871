"""The shape of an election calendar, and of letting one go."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs: WTForms 3.2
from wtforms.validators import InputRequired, ValidationError

from app.admin.forms import Tidy, day_field
from app.core.forms import CHOOSE, Form, text_of, tick
from app.elections import calendars
from app.elections.calendars import Dates, Election
from app.elections.operations import Said


class CalendarForm(Form):
    """The dates of one election; what cannot be is said at the date that cannot be."""

    election = SelectField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        "Jenis pemilihan",
        choices=[SelectChoice("", "— pilih —")]
        + [SelectChoice(kind.value, label) for kind, label in calendars.LABELS.items()],
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )
    name = StringField("Nama pemilihan", validators=[InputRequired("Isi namanya."), Tidy(120)])
    opens_on = day_field("Tahapan dimulai", must=False)
    candidates_fixed_on = day_field("Penetapan calon")
    campaign_from = day_field("Hari pertama kampanye")
    campaign_until = day_field("Hari terakhir kampanye")
    voting_on = day_field("Pemungutan suara")
    closes_on = day_field("Hasil ditetapkan")

    def validate_name(self, field: StringField) -> None:
        if not any(letter.isalpha() for letter in field.data or ""):
            raise ValidationError("Nama harus memuat huruf.")

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        if not super().validate(extra_validators):
            return False
        wrong = calendars.mistakes(self.said.dates)
        for name, sentence in wrong.items():
            self[name].errors = [sentence]
        return not wrong

    @property
    def said(self) -> Said:
        dates = Dates(**{name: self[name].data for name in Dates.__dataclass_fields__})
        return Said(Election(self.election.data), text_of(self.name), dates)


class DeleteForm(Form):
    sure = tick("Ya, hapus kalender ini.")
