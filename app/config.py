"""Every setting: typed, with its reason. A bad one keeps the application from starting.

Settings come from the environment as RAMBU_<NAME>, or RAMBU_<NAME>_FILE for a file that holds
the value. An unknown RAMBU_ name is an error: a misspelt setting must not pass unseen.
"""

import os
import re
import secrets
import stat
import tempfile
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PROJECT = Path(__file__).resolve().parent.parent
#: What each number may be. Nought minutes of silence would sign everybody out at once.
BOUNDS = {
    "PROXIES": range(11),
    "ACTIVATION_DAYS": range(1, 366),
    "IDLE_MINUTES": range(1, 10_081),
    "SESSION_HOURS": range(1, 169),
    "METRICS_PORT": range(65_536),
    "KEEP_SESSIONS": range(1, 36_501),
    "KEEP_CODES": range(7, 36_501),
    "KEEP_ROLES": range(7, 36_501),
    "KEEP_ANSWERS": range(30, 36_501),
    "KEEP_CHOICES": range(1, 36_501),
    "KEEP_REQUESTS": range(30, 36_501),
    "KEEP_COPIES": range(1, 31),
    "KEEP_QUESTIONS": range(1, 366),
    "KEEP_BRAKES": range(1, 366),
    "KEEP_JOBS": range(7, 36_501),
    "KEEP_SLIPS": range(1, 31),
    "KEEP_MESSAGES": range(30, 36_501),
    "KEEP_PASSWORD_REQUESTS": range(8, 366),
}
LOGS = ("text", "json")
MAIL = ("SMTP", "SMTP_USER", "SMTP_PASSWORD", "MAIL_FROM")
_MAIL_SERVER = re.compile(r"smtps?://[a-z0-9.-]+:\d{1,5}", re.I)
_SENDER = re.compile(r"[a-z0-9._%+-]+@[a-z0-9.-]+", re.I)
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:]+\])(?::(?P<port>\d{1,5}))?", re.I
)
#: One line of printable characters: it is printed into /.well-known/security.txt as it is.
_CONTACT = re.compile(
    r"mailto:[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}"
    r"|https://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#][!-~]*)?",
    re.I,
)


def _version() -> str:
    """The program is not installed as a package, so pyproject.toml itself is asked."""
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


VERSION = _version()


class BadSetting(SystemExit):
    """A setting that Rambu refuses to start with. One sentence that names the culprit."""


@dataclass(frozen=True)
class Config:
    #: Where the database, and what this one server keeps, live. Mode 700; back it up.
    INSTANCE: Path

    #: Where the secret key, the trail's and those of the seal live: the instance folder, or one
    #: that several nodes share. Mode 700; backed up too.
    KEYS: Path

    #: Signs cookies, derives activation codes, seals the secrets of second factors. At least 32
    #: characters, never in the repository.
    SECRET_KEY: str

    #: Marks every entry of the audit trail. At least 32 characters, and the same on every node.
    TRAIL_KEY: str

    #: sqlite:///… for one small server (the default), postgresql+psycopg://… for many people.
    DATABASE: str

    #: The address that people type and that QR codes carry. https except on this machine itself.
    PUBLIC_URL: str

    #: Folder of regulations, scenarios, courses, pledges and guides. Read at boot only.
    CONTENT: Path

    #: How many proxies of ours stand in front. Only that many X-Forwarded-For hops are believed. A
    #: public address has one as a rule, since this server speaks no TLS: who has none says "none".
    PROXIES: int = 0

    #: Days that an activation code stays good. Slips are handed out once, at an apel.
    ACTIVATION_DAYS: int = 30

    #: Minutes without a request after which a device is signed out.
    IDLE_MINUTES: int = 120

    #: Hours after which a device is signed out whatever it does.
    SESSION_HOURS: int = 12

    #: Days for which a session that ended is kept, so that its owner may look it up.
    KEEP_SESSIONS: int = 90

    #: Days for which a used or withdrawn activation code is kept: who issued a password's code.
    KEEP_CODES: int = 365

    #: Days for which a role that ran out is kept. The trail keeps who gave it.
    KEEP_ROLES: int = 365

    #: Days for which answers are kept after a course was completed, but for the quiz that was
    #: passed: its documents rest on that.
    KEEP_ANSWERS: int = 1825

    #: Days after a webinar for which is kept who chose what. Counts and attendance stay.
    KEEP_CHOICES: int = 365

    #: Days for which an answered request about one's data is kept.
    KEEP_REQUESTS: int = 1825

    #: Days for which a printed copy of one's own data is kept (it is handed out for ten minutes),
    #: and the files that other work of the worker made.
    KEEP_COPIES: int = 1

    #: Days for which questions of strangers, and counts of who was answered, are kept at most.
    KEEP_QUESTIONS: int = 180

    #: Days for which a brake is kept that nobody touched. A wait is five minutes at most.
    KEEP_BRAKES: int = 2

    #: Days for which ended work of the worker can be looked up.
    KEEP_JOBS: int = 90

    #: Days for which a request for a new password is kept; it waits for seven of them.
    KEEP_PASSWORD_REQUESTS: int = 30

    #: Days for which printed slips lie here, sealed. Their codes stay good, and print again.
    KEEP_SLIPS: int = 3

    #: Days for which is kept who was reminded of what, so that nobody is reminded twice.
    KEEP_MESSAGES: int = 365

    #: The mail server: smtp://host:587 (with STARTTLS, but on this machine itself) or
    #: smtps://host:465. Where it is empty nothing is sent, and the pages say so.
    SMTP: str = ""

    #: Who sends, as the server knows it. The password may come from a file.
    SMTP_USER: str = ""
    SMTP_PASSWORD: str = ""

    #: From whom mail comes. Needed where there is a mail server.
    MAIL_FROM: str = ""

    #: Where a weakness is reported: mailto:… or https://…, served in /.well-known/security.txt.
    SECURITY_CONTACT: str = ""

    #: What the server writes to its standard error: `text` for people, `json` for a collector.
    LOG: str = "text"

    #: Where Prometheus finds figures on 127.0.0.1. None where it is 0.
    METRICS_PORT: int = 0

    @property
    def is_local(self) -> bool:
        return urlsplit(self.PUBLIC_URL).scheme == "http"


def from_environment(environ: Mapping[str, str] | None = None) -> Config:
    """Read and check every setting. Raises BadSetting, which names the culprit."""
    given = _given(os.environ if environ is None else environ)
    instance = Path(given.get("INSTANCE", PROJECT / "instance")).resolve()
    keys = Path(given.get("KEYS", instance)).resolve()
    database = given.get("DATABASE", f"sqlite:///{instance / 'rambu.db'}")
    public_url = given.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    content = Path(given.get("CONTENT", PROJECT / "content")).resolve()
    _check_url(public_url)
    _check_database(database)
    _settle_proxies(given, public_url)
    numbers = {
        name: _whole(name, given[name], allowed)
        for name, allowed in BOUNDS.items()
        if name in given
    }
    contact, log = given.get("SECURITY_CONTACT"), given.get("LOG", "text")
    if log not in LOGS:
        raise BadSetting(f"RAMBU_LOG harus salah satu dari {', '.join(LOGS)}, bukan {log[:40]!r}.")
    mail = _mail(given)
    _make_private("INSTANCE", instance)
    _make_private("KEYS", keys)
    _make_file_private(database)
    secret_key = given.get("SECRET_KEY") or _kept_key(keys / "secret.key")
    trail_key = given.get("TRAIL_KEY") or _kept_key(keys / "trail.key")
    _check_secret("SECRET_KEY", secret_key)
    _check_secret("TRAIL_KEY", trail_key)
    return Config(
        INSTANCE=instance,
        KEYS=keys,
        SECRET_KEY=secret_key,
        TRAIL_KEY=trail_key,
        DATABASE=database,
        PUBLIC_URL=public_url,
        CONTENT=content,
        LOG=log,
        SECURITY_CONTACT="" if contact is None else _contact(contact),
        SMTP=mail.get("SMTP", ""),
        SMTP_USER=mail.get("SMTP_USER", ""),
        SMTP_PASSWORD=mail.get("SMTP_PASSWORD", ""),
        MAIL_FROM=mail.get("MAIL_FROM", ""),
        **numbers,
    )


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    known = {field.name for field in fields(Config)}
    given: dict[str, str] = {}
    for variable, value in environ.items():
        if not variable.startswith("RAMBU_"):
            continue
        name = variable.removeprefix("RAMBU_")
        if name in known:
            given[name] = value
        elif name.endswith("_FILE") and name.removesuffix("_FILE") in known:
            given[name.removesuffix("_FILE")] = _from_file(variable, Path(value))
        else:
            raise BadSetting(
                f"Rambu tidak mengenal setelan {variable}; lihat README atau app/config.py."
            )
    return given


def _from_file(variable: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(
            f"{variable} menunjuk {path}, yang tidak dapat dibaca: {error}."
        ) from error


def _check_url(url: str) -> None:
    """Scheme, host and perhaps a port: QR codes are made by adding a path to it."""
    found = _ADDRESS.fullmatch(url)
    if found is None or int(found["port"] or 0) > 65_535:
        raise BadSetting(
            f"RAMBU_PUBLIC_URL harus seperti https://rambu.contoh.go.id, bukan {url!r}."
        )
    if found["scheme"] == "http" and found["host"] not in ("127.0.0.1", "localhost", "[::1]"):
        raise BadSetting(
            f"RAMBU_PUBLIC_URL harus https untuk {found['host']}: ada kata sandi yang lewat."
        )


def _settle_proxies(given: dict[str, str], public_url: str) -> None:
    """Turn "none" into a number. Behind a proxy that nobody named, all are one network."""
    said = given.get("PROXIES", "")
    if said in ("", "0") and public_url.lower().startswith("https:"):
        raise BadSetting(
            "RAMBU_PROXIES belum menyebut berapa perantara (proxy) milik Anda di depan "
            f"{public_url}: isi RAMBU_PROXIES=1 bila satu, atau RAMBU_PROXIES=none bila sungguh "
            "tidak ada."
        )
    if said == "none":
        given["PROXIES"] = "0"


def _mail(given: Mapping[str, str]) -> dict[str, str]:
    """The mail server and who sends: both, or neither."""
    mail = {name: given[name].strip() for name in MAIL if name in given}
    server, sender = mail.get("SMTP", ""), mail.get("MAIL_FROM", "")
    if server and not _MAIL_SERVER.fullmatch(server):
        raise BadSetting(
            f"RAMBU_SMTP harus seperti smtp://surel.contoh.go.id:587, bukan {server[:80]!r}."
        )
    if bool(server) != bool(_SENDER.fullmatch(sender)):
        raise BadSetting(
            "RAMBU_SMTP dan RAMBU_MAIL_FROM diisi keduanya, misalnya rambu@contoh.go.id; tanpa "
            "keduanya tidak ada surel yang dikirim."
        )
    return mail


def _contact(text: str) -> str:
    if not _CONTACT.fullmatch(text):
        raise BadSetting(
            "RAMBU_SECURITY_CONTACT harus seperti mailto:keamanan@contoh.go.id atau "
            f"https://contoh.go.id/lapor, bukan {text[:80]!r}. "
            "Hapus pengaturan ini bila tidak dipakai."
        )
    return text


def _check_database(url: str) -> None:
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting("RAMBU_DATABASE harus diawali sqlite:/// atau postgresql+psycopg://.")
    try:
        name = make_url(url).database
    except (ValueError, ArgumentError) as error:
        raise BadSetting(f"RAMBU_DATABASE bukan alamat basis data: {error}.") from error
    if name in (None, "", ":memory:"):
        raise BadSetting("RAMBU_DATABASE tidak menyebut berkas atau basis data.")


def _whole(name: str, text: str, allowed: range) -> int:
    if not text.isascii() or not text.isdigit():
        raise BadSetting(f"RAMBU_{name} harus bilangan bulat, bukan {text!r}.")
    if len(text) > 9 or int(text) not in allowed:
        raise BadSetting(
            f"RAMBU_{name} harus {allowed[0]} sampai {allowed[-1]}, bukan {text[:12]}."
        )
    return int(text)


def _make_private(name: str, folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"RAMBU_{name}: {folder} tidak dapat dibuat: {error.strerror}.") from error


def _make_file_private(database: str) -> None:
    """Begin a SQLite file that nobody else may read; its journals inherit the mode."""
    if not database.startswith("sqlite"):
        return
    path = make_url(database).database
    assert path is not None, "_check_database saw to it"
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise BadSetting(f"RAMBU_DATABASE: {path} tidak dapat dibuka: {error.strerror}.") from error


def _kept_key(path: Path) -> str:
    """Read the key, or make one at first run. Of workers that start together, one makes it."""
    if not path.exists():
        _offer_key(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise BadSetting(f"{path} dapat dibaca orang lain; jalankan: chmod 600 {path}")
    return path.read_text(encoding="ascii", errors="replace").strip()


def _offer_key(path: Path) -> None:
    """A new key appears whole or not at all, and never over another."""
    descriptor, draft = tempfile.mkstemp(prefix=".key-", dir=path.parent)  # mode 600
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)


def _check_secret(name: str, key: str) -> None:
    if len(key) < 32 or len(set(key)) < 10:
        raise BadSetting(f"RAMBU_{name} terlalu lemah: beri sedikitnya 32 huruf acak.")


#: WAL loses committed pages on these engines (the WAL-reset bug, 3.7.0 to 3.51.2).
OLDEST_SQLITE = (3, 51, 3)


def sqlite_module() -> ModuleType:
    """The SQLite driver with a bundled engine that is new enough for WAL. Refuses an old one."""
    import pysqlite3.dbapi2 as driver

    if driver.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise BadSetting(
            f"SQLite {driver.sqlite_version} kehilangan data dalam WAL; perlu {needed}."
        )
    module: ModuleType = driver
    return module
