"""Forms of what strangers send and of the editors' desk. They check shape; `operations` judges."""

import re

from flask import request
from wtforms import BooleanField, StringField, TextAreaField

from app.core.forms import Form, text_of
from app.core.web import LARGEST_ID

_CASE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _Needed:
    """Says on the page that a field is needed, where only one deed of several needs it."""

    field_flags = {"required": True}

    def __call__(self, form: object, field: object) -> None:
        """`operations` judges."""


class QuestionForm(Form):
    """What a stranger typed; `send` is pressed on the page that shows what would be kept."""

    text = TextAreaField("Pertanyaan Anda")
    send = BooleanField("Kirim")


class DealForm(Form):
    """What an editor makes of one question, and of others like it."""

    case = StringField("Nama kasus")
    phrasing = StringField("Cara bertanya", validators=[_Needed()])

    @property
    def also_ids(self) -> list[int]:
        """The others that were ticked. Which of them there are is for a query to say."""
        ticked = request.form.getlist("also", type=int)
        return [id for id in ticked if 0 < id <= LARGEST_ID]

    @property
    def case_id(self) -> str:
        """An id, also out of the address of a case; empty for what is neither."""
        chosen = request.form.get("near") or text_of(self.case)
        last = chosen.strip().partition("?")[0].rstrip("/").rpartition("/")[2]
        return last if _CASE.fullmatch(last) else ""
