"""Shapes of what is said about units."""

from datetime import date

from wtforms import BooleanField, DateField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs: WTForms 3.2
from wtforms.validators import InputRequired

from app.admin.forms import day_field, line_field
from app.admin.unit_choice import unit_field
from app.agencies.tree import Said
from app.agencies.unit_kinds import UnitKind
from app.core.forms import CHOOSE, Form, text_of, tick

#: Kinds as people read them, where that is not the value with a capital.
KINDS = {"uptd": "UPTD", "rsud": "RSUD"}


def kind_label(kind: UnitKind) -> str:
    return KINDS.get(kind.value, kind.value.capitalize())


class DatedForm(Form):
    """Something that holds from a day on."""

    since: DateField = day_field("Berlaku sejak")

    @property
    def day(self) -> date:
        day = self.since.data
        assert day is not None, "a valid form has one"
        return day


class UnitForm(DatedForm):
    """What a unit is called, its kind, and whether it is a row of the report."""

    name = line_field("Nama unit", 160, required="Isi nama unitnya.")
    kind = SelectField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        "Jenis",
        choices=[
            SelectChoice(kind.value, kind_label(kind))
            for kind in UnitKind
            if kind is not UnitKind.ROOT
        ],
        default=UnitKind.OTHER.value,
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )
    is_reporting = BooleanField("Tampil sebagai baris laporan")

    @property
    def said(self) -> Said:
        return Said(text_of(self.name), UnitKind(self.kind.data), bool(self.is_reporting.data))


class NewUnitForm(UnitForm):
    code = line_field("Kode unit", 40, required="Isi kodenya.")
    unit_id = unit_field("Di bawah unit")


class MoveUnitForm(DatedForm):
    unit_id = unit_field("Pindah ke bawah unit")


class MergeForm(DatedForm):
    unit_id = unit_field("Digabungkan ke unit")
    sure = tick("Ya, gabungkan. Unit yang lama ditutup dan tidak dapat dibuka lagi.")


class CloseForm(DatedForm):
    """`unit_id` takes in the people; without it the unit must be empty."""

    unit_id = unit_field("Orangnya pindah ke unit", must=False)
    sure = tick("Ya, tutup unit ini. Ia tidak dapat dibuka lagi.")


class AliasForm(Form):
    text = line_field("Nama lain", 160, required="Isi nama atau singkatannya.")


class DropAliasForm(Form):
    alias_id = IntegerField(validators=[InputRequired()])
