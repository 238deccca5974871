"""What an agency is called, how it heads its letters, and who signs them."""

from types import SimpleNamespace

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.accounts.stepping_up import ProofForm
from app.admin.forms import line_field
from app.agencies import nip
from app.agencies.nip import BadNumber
from app.agencies.settings import CHANGEABLE
from app.core.forms import text_of

MUST = "Isi: teks ini tercetak pada dokumen."


class AgencyForm(ProofForm):
    name = line_field("Nama pemerintah daerah", 160, required=MUST)
    office_name = line_field("Nama badan kepegawaian", 160, required=MUST)
    office_short = line_field("Singkatannya", 40, required=MUST)
    address = line_field("Alamat", 240, required=MUST)
    contact = line_field("Telepon, pos-el, laman", 160)
    city = line_field("Tempat penandatanganan", 80, required=MUST)
    official_prefix = line_field("Plt., Plh., atau a.n.", 80)
    official_position = line_field("Jabatan penanda tangan", 160, required=MUST)
    official_name = line_field("Nama penanda tangan dengan gelar", 160, required=MUST)
    official_rank = line_field("Pangkat", 80)
    official_number = StringField("NIP", validators=[InputRequired(MUST), Length(max=60)])
    two_to_revoke = BooleanField("Dokumen dicabut hanya bila dua admin kepegawaian menyetujuinya")

    def validate_official_number(self, field: StringField) -> None:
        try:
            field.data = nip.read_number(text_of(field))
        except BadNumber as error:
            raise ValidationError(error.message) from error

    def forgo_proof(self) -> None:
        """A look at it changes nothing."""
        for name in {"code", "password"} & self._fields.keys():
            del self[name]

    @property
    def values(self) -> dict[str, str | bool]:
        texts = {name: str(self[name].data or "") for name in CHANGEABLE}
        return texts | {"two_to_revoke": bool(self.two_to_revoke.data)}

    @property
    def look(self) -> SimpleNamespace:
        """The same, to be shown before it is saved."""
        return SimpleNamespace(**self.values)
