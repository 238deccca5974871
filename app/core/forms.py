"""The form that every form is: fields come from a browser's form, never from JSON."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.form import BaseForm


class Form(FlaskForm):
    """Flask-WTF would also read JSON, in which a field may be a list or a number.

    It has no types either: what every view calls is typed here.
    """

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
            return None if request.is_json else FlaskForm.Meta.wrap_formdata(self, form, formdata)

    def __init__(self, **settings: Any) -> None:
        FlaskForm.__init__(self, **settings)

    def validate_on_submit(self, extra_validators: object = None) -> bool:
        return bool(FlaskForm.validate_on_submit(self, extra_validators))


def text_of(field: StringField) -> str:
    """What a text field of a valid form holds: "" where nothing was typed."""
    return field.data or ""
