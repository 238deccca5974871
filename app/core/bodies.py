"""How many bytes a request may carry, by the address that it goes to. One table for everybody.

Pure. Whoever reads bodies asks here (`core.front`), and Flask is told the same (`core.web`).
"""

from types import MappingProxyType

#: What every form may weigh that is not named below: its fields are short.
FORM = 64_000
#: Bytes by address. What a form wraps around a file or a long text is in them.
LIMITS = MappingProxyType(
    {
        # Enough to say how much too long a question of many pages is.
        "/bolehkah/kirim": 200_000,
        # 200,000 characters of a text; the heaviest take twelve bytes each when they are encoded.
        "/periksa": 12 * 200_000 + FORM,
        # A sealed document. Ours have half of that.
        "/verifikasi/berkas": 1_000_000 + FORM,
        # A roster.
        "/pegawai/impor": 10_000_000 + FORM,
    }
)
#: The key of an environ that says why a body was not read: the status to answer with.
REFUSED = "rambu.refused"
#: Seconds that even a small body may take, and the slowest line that a large one may come over.
PATIENCE, BYTES_A_SECOND = 30, 50_000


def limit_of(path: str) -> int:
    """Bytes that a request to this address may carry."""
    return LIMITS.get(path, FORM)


def seconds_for(length: int) -> float:
    """Time that the whole of a body may take."""
    return PATIENCE + length / BYTES_A_SECOND
