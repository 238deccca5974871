"""Errors that a person may read. One sentence: what happened, what is safe, what to do."""


class DomainError(Exception):
    """A rule was not met. `message` is shown as it is, in Bahasa Indonesia."""

    message = "Permintaan ini tidak dapat diproses. Tidak ada data yang berubah."
    status = 422
    #: After how many seconds it is worth asking again; said where the status is 429 or 503.
    seconds: int | None = None

    def __init__(self, message: str | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.message)


class NotFound(DomainError):
    """It does not exist, or it is not theirs: the reader cannot tell which."""

    message = "Halaman ini tidak ditemukan."
    status = 404
