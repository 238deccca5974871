"""Forms of the verification page. They check shape; nothing that is uploaded is kept."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class FileForm(FlaskForm):
    file = FileField("Berkas PDF", validators=[FileRequired("Pilih berkas PDF lebih dahulu.")])
