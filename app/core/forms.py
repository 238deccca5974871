"""The form that every form is: fields come from a browser's form, never from JSON."""

from flask import request
from flask_wtf import FlaskForm


class Form(FlaskForm):
    """Flask-WTF would also read JSON, in which a field may be a list or a number."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form, formdata):
            return None if request.is_json else super().wrap_formdata(form, formdata)
