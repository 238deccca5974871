"""The form that every form is: fields come from a browser's form, never from JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import g, render_template, request
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired

from app.core.db import db
from app.core.errors import DomainError, NotFound

#: Status of a form that came back.
REFUSED = 422
CHOOSE = "Pilih salah satu."


class Form(FlaskForm):
    """Flask-WTF would also read JSON, in which a field may be a list or a number.

    It has no types either: what every view calls is typed here.
    """

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
            if request.method == "GET":
                taken = g.pop("typed", None)  # before the session ended (accounts.typed)
                return taken() if taken else None
            return None if request.is_json else FlaskForm.Meta.wrap_formdata(self, form, formdata)

    def __init__(self, **settings: Any) -> None:
        FlaskForm.__init__(self, **settings)

    def validate_on_submit(self, extra_validators: object = None) -> bool:
        return bool(FlaskForm.validate_on_submit(self, extra_validators))


def form_status() -> int:
    """Of a page with a form: one that comes back was understood, but not accepted."""
    return 200 if request.method == "GET" else REFUSED


def form_page(template: str, form: Form, **shown: object) -> tuple[str, int]:
    """The form, anew or come back."""
    return render_template(template, form=form, **shown), form_status()


def text_of(field: StringField) -> str:
    """What a text field of a valid form holds: "" where nothing was typed."""
    return field.data or ""


def tick(label: str) -> BooleanField:
    """A box without which nothing is done."""
    return BooleanField(label, validators=[InputRequired("Centang untuk memastikan.")])


@contextmanager
def saying(form: Form) -> Iterator[None]:
    """Undo a deed that a rule forbids, and put the sentence on its form."""
    try:
        yield
    except NotFound:
        raise
    except DomainError as error:
        db.session.rollback()
        form.form_errors.append(error.message)
