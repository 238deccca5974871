"""The shapes of withdrawing a document, and of issuing it anew."""

from wtforms import BooleanField

from app.accounts.stepping_up import ProofForm
from app.admin.forms import line_field
from app.core.forms import tick
from app.credentials.operations import REASON_LENGTH


class RevokeForm(ProofForm):
    reason = line_field("Alasan pencabutan", REASON_LENGTH, required="Tulis alasannya.")
    sure = tick("Ya, cabut dokumen ini. Pencabutan tidak dapat dibatalkan.")


class DecideForm(ProofForm):
    """A second person says yes or no; which button was pressed says what."""

    sure = tick("Saya sudah memeriksa dokumen dan alasannya.")


class ReplaceForm(ProofForm):
    with_post = BooleanField("Jabatan, pangkat, dan unit kerja juga seperti daftar sekarang")
    reason = line_field("Alasan penggantian", REASON_LENGTH, required="Tulis alasannya.")
    sure = tick("Ya, terbitkan pengganti dengan nomor dan kode baru.")
