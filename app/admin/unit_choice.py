"""A unit that is typed: browsers suggest from the list, and without JavaScript the name is enough.

`data` is the id of the one unit that is meant; what is not one unit comes back as a question.
"""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import TextInput

from app.agencies.models import Unit
from app.agencies.unit_names import doubt, labels_of, meant
from app.core.forms import CHOOSE


class _Suggesting(TextInput):
    """An input, and the list of what may be typed into it."""

    def __call__(self, field: "UnitField", **more: Any) -> Markup:  # type: ignore[override]
        name = f"{field.id}-daftar"
        typed = super().__call__(field, list=name, autocomplete="off", **more)
        return Markup("{}{}").format(typed, suggestions(name, field.units))


class UnitField(Field):
    """Give it `units` before the form is validated."""

    widget = _Suggesting()
    units: Sequence[Unit] = ()
    data: int | None
    typed: str | None = None

    @property
    def chosen(self) -> int:
        """The id, once the form is valid."""
        assert self.data is not None, "a valid form has one"
        return self.data

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = valuelist[0] if valuelist else ""

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return labels_of(self.units).get(self.data, "") if self.data is not None else ""

    def pre_validate(self, form: BaseForm) -> None:
        self.data = None
        if not self.typed:
            return  # whether one must be named, its validators say
        found = meant(self.typed or "", self.units)
        if said := doubt(found, self.units):
            raise ValidationError(said)
        self.data = found[0].id


def unit_field(label: str, *, must: bool = True) -> UnitField:
    return UnitField(label, validators=[InputRequired(CHOOSE) if must else Optional()])


def suggestions(name: str, units: Sequence[Unit]) -> Markup:
    """The list that browsers suggest from."""
    option = Markup('<option value="{}">')
    options = Markup("").join(option.format(label) for label in labels_of(units).values())
    return Markup('<datalist id="{}">{}</datalist>').format(name, options)
