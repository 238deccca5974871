"""Forms of the verification page. They check shape; nothing that is uploaded is kept."""

from flask_wtf.file import FileField, FileRequired

from app.core.forms import Form


class FileForm(Form):
    file = FileField("Berkas PDF", validators=[FileRequired("Pilih berkas PDF lebih dahulu.")])
