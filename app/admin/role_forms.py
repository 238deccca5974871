"""The shapes of giving a role and of taking one."""

from datetime import date

from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs: WTForms 3.2
from wtforms.validators import InputRequired

from app.accounts.models import Role
from app.accounts.roles import LABELS, OF_HR, REASON_LENGTH
from app.accounts.stepping_up import ProofForm
from app.admin.forms import day_field, line_field
from app.admin.unit_choice import unit_field
from app.core.forms import CHOOSE, tick


class GrantForm(ProofForm):
    """Which role, where, until when, and why."""

    role = SelectField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        "Peran",
        choices=[SelectChoice("", "— pilih —")]
        + [SelectChoice(role.value, LABELS[role]) for role in OF_HR],
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )
    unit_id = unit_field("Pada unit")
    until: DateField = day_field("Hari terakhir")
    reason = line_field("Alasan", REASON_LENGTH, required="Tulis alasannya.")

    @property
    def given(self) -> Role:
        return Role(self.role.data)

    @property
    def last(self) -> date:
        day = self.until.data
        assert day is not None, "a valid form has one"
        return day


class WithdrawForm(ProofForm):
    sure = tick("Ya, cabut peran ini.")


class ResetFactorForm(ProofForm):
    sure = tick("Ya, saya yakin yang meminta benar-benar orangnya.")
