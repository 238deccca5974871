"""What a slip says, and the same as a message. Pure text.

A message to one person carries the code; a message to a group never does: whoever reads the group
could use it.
"""

from dataclasses import dataclass
from datetime import datetime

from app.agencies import nip
from app.core import dates


@dataclass(frozen=True)
class Slip:
    """Everything that somebody needs to enter for the first time."""

    id: int
    name: str
    number: str
    unit: str
    code: str
    address: str
    expires_at: datetime
    zone: str

    @property
    def number_label(self) -> str:
        return "Nomor peserta" if nip.is_participant(self.number) else "NIP / NI PPPK"

    @property
    def grouped(self) -> str:
        return nip.grouped(self.number)

    @property
    def until(self) -> str:
        return dates.local_date(self.expires_at, self.zone)

    @property
    def message(self) -> str:
        """For a chat with this person alone."""
        which = f"nomor peserta {self.number}" if nip.is_participant(self.number) else "NIP Anda"
        return (
            f"Yth. {self.name},\n"
            "akun Rambu (belajar netralitas ASN) Anda siap diaktifkan:\n"
            f"1. Buka {self.address}\n"
            f"2. Isi {which} dan kode {self.code}\n"
            "3. Buat kata sandi Anda sendiri\n"
            f"Kode berlaku sampai {self.until} dan hanya untuk satu kali. "
            "Jangan teruskan pesan ini; admin tidak pernah menanyakan kata sandi Anda."
        )


def group_message(unit: str, address: str, office: str) -> str:
    """For the unit's group: where to get the code, never a code."""
    return (
        f"Bapak/Ibu di {unit},\n"
        "akun Rambu untuk belajar netralitas ASN sudah dapat diaktifkan.\n"
        "1. Ambil slip kode Anda pada admin unit\n"
        f"2. Buka {address}, isi NIP dan kode itu\n"
        "3. Buat kata sandi sendiri, lalu mulai belajar\n"
        f"Kode bersifat pribadi: jangan dikirim di grup ini. Pertanyaan: {office}."
    )
