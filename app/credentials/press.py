"""From a credential to its sealed file: render the facts, seal the pages.

Both engines are heavy (two seconds to import and set up), so no request loads them: the worker
beside the server does, when it starts, and commands when they need one.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cryptography import x509

from app.core import bounded, clock
from app.core.errors import DomainError
from app.credentials import queries
from app.credentials.models import Credential
from app.printing.facts import Facts, Stamp
from app.sealing import pki
from app.sealing.checks import ADDRESS

if TYPE_CHECKING:
    from app.sealing.seal import Sealer

logger = logging.getLogger(__name__)
T = TypeVar("T")


class SealUnavailable(DomainError):
    message = (
        "Berkas belum dapat disegel karena kunci segel sedang bermasalah. Dokumen Anda sudah "
        "tercatat dan aman. Coba lagi nanti, atau hubungi pengelola."
    )
    status, seconds = 503, 900


class TooMuch(DomainError):
    message = (
        "Berkas dokumen ini tidak dapat disusun dalam batas waktu dan memori server, jadi tidak "
        "dibuat. Dokumen Anda sudah tercatat dan aman. Hubungi pengelola server."
    )


@dataclass(frozen=True)
class Sealed:
    content: bytes
    serial: str
    at: datetime


class Press:
    """Where the sealing keys live, and the address that the QR codes carry. One per process."""

    def __init__(self, keys: Path, public_url: str) -> None:
        self.folder = keys / pki.FOLDER
        self.public_url = public_url
        self._lock = threading.Lock()
        self._sealer: Sealer | None = None
        self._root: x509.Certificate | None = None
        self._is_warm = False
        #: Whether each document is laid out by a bounded child: so the worker does it.
        self.is_apart = False

    def check_keys(self) -> None:
        """Refuse damaged or exposed keys (pki.KeyTrouble). None yet is no fault: see `keys`."""
        if pki.exist(self.folder):
            pki.load(self.folder)

    def keys(self) -> pki.Keys:
        """The keys, made at first use. Never made anew while files exist that old ones sealed."""
        if not pki.exist(self.folder):
            if queries.any_sealed():
                raise pki.KeyTrouble(
                    f"{self.folder} hilang padahal ada dokumen bersegel; pulihkan dari cadangan."
                )
            pki.make(self.folder)
        return pki.load(self.folder)

    def root(self) -> x509.Certificate:
        """The authority that vouches for our seals, read once; whoever only asks for it needs no
        engine. Raises SealUnavailable, and logs why."""
        with self._lock:
            if self._root is None:
                self._root = self._opened(self.keys).root
            return self._root

    def sealer(self) -> "Sealer":
        """The sealer, opened once. Raises SealUnavailable, and logs why."""
        from app.sealing.seal import Sealer

        with self._lock:
            if self._sealer is None:
                self._sealer = Sealer(self._opened(self.keys))
            return self._sealer

    def produce(self, credential: Credential) -> Sealed:
        """Render and seal. About a fifth of a second; needs no lock on the database."""
        facts = credential.stated
        url = self.verification_url(credential.code)
        stamp = Stamp(credential.code, credential.number, credential.issued_at, url)
        pdf = self._laid_out(facts, stamp)
        sealer = self.sealer()
        name = f"{facts.issuer.office}, {facts.issuer.agency}"
        content = self._opened(partial(sealer.seal, pdf, name=name, url=url))
        return Sealed(content, sealer.keys.serial, clock.now())

    def _laid_out(self, facts: Facts, stamp: Stamp) -> bytes:
        """Raises TooMuch, and logs why."""
        from app.printing.rendering import render, render_apart

        try:
            return render_apart(facts, stamp) if self.is_apart else render(facts, stamp)
        except bounded.Unfinished as error:
            logger.error("%s: %s", stamp.number, error)
            raise TooMuch from error

    def _opened(self, use: Callable[[], T]) -> T:
        """What the keys are used for. Raises SealUnavailable, and logs why."""
        try:
            return use()
        except pki.KeyTrouble as error:
            logger.error("sealing keys: %s", error)
            raise SealUnavailable from error

    def verification_url(self, code: str) -> str:
        return f"{self.public_url}{ADDRESS}{code}"

    def warm_up(self) -> None:
        """Load both engines in the background, once."""
        with self._lock:
            was_warm, self._is_warm = self._is_warm, True
        if not was_warm:
            threading.Thread(target=_load_engines, name="press", daemon=True).start()


def _load_engines() -> None:
    """Where nothing is laid out meanwhile: a child forked amid an import would wait for its end."""
    from app.printing import rendering

    with rendering.ONE_AT_A_TIME:
        from app.sealing import seal  # noqa: F401

        rendering.engine()
