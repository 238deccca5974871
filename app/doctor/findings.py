"""The questions, one function each; what is well says nothing."""

import ctypes
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from app import demo
from app.accounts import second_factor
from app.accounts.models import SignIn
from app.audit.models import AuditEntry
from app.backups import latest
from app.config import PROJECT, Config
from app.core import clock, dates, migrations, pulse
from app.core.db import db
from app.home.readiness import LEAST_ROOM
from app.jobs import queries as jobs
from app.oversight import checkpoints
from app.sealing import pki

#: Bytes on the disk of the instance: enough for a day.
SCARCE = 1024**3
#: How long before a key ends somebody has to know.
SEAL_NOTICE, ROOT_NOTICE = timedelta(days=60), timedelta(days=365)
#: After this a day has passed without a checkpoint, with some room for the worker's round.
UNSIGNED = timedelta(hours=26)
#: What the kernel says of its clock where nothing keeps it right: adjtimex(2).
TIME_ERROR = 5
#: Sign-ins from one machine that are no chance any more.
MANY = 10


@dataclass(frozen=True)
class Finding:
    sentence: str
    #: Whether people are harmed now; else somebody should look at it in time.
    is_grave: bool = False


def findings(config: Config, is_clock_kept: Callable[[], bool] | None = None) -> list[Finding]:
    """Everything that is wrong, gravest first."""
    has_database = pulse.answers(db.engine)
    is_ours = has_database and _is_current()  # else what is asked for may not be there
    found = [*_disk(config), *_modes(config), *_keys(config), *_address(config)]
    found += _backup(config, asks_trail=is_ours)
    if not (is_clock_kept or kernel_keeps_time)():
        found.append(
            Finding("Jam mesin ini tidak disetel oleh NTP; pasang systemd-timesyncd atau chrony.")
        )
    if has_database:
        found += [*_schema(), *_time(), *_proxies(config), *_demo(config)]
    else:
        said = (
            "Basis data tidak menjawab atau belum disiapkan: periksa RAMBU_DATABASE, lalu prepare."
        )
        found.append(Finding(said, True))
    if is_ours:
        found += [*_worker(), *_checkpoint(), *_other_nodes(config)]
    return sorted(found, key=lambda finding: not finding.is_grave)


def kernel_keeps_time() -> bool:
    """Whether something disciplines the clock, as the kernel was told."""
    room = ctypes.create_string_buffer(512)  # a struct timex with no modes: only asked
    return bool(ctypes.CDLL(None).adjtimex(room) != TIME_ERROR)


def _disk(config: Config) -> Iterator[Finding]:
    free = shutil.disk_usage(config.INSTANCE).free
    if free < SCARCE:
        megabytes = dates.thousands(free // 1024**2)
        yield Finding(
            f"Disk {config.INSTANCE} tinggal {megabytes} MB; bila penuh, tidak ada yang tersimpan.",
            free < LEAST_ROOM,
        )


def _modes(config: Config) -> Iterator[Finding]:
    keys, seal = config.KEYS.glob("*.key"), (config.KEYS / pki.FOLDER).glob("*")
    for path in (*dict.fromkeys((config.INSTANCE, config.KEYS)), *sorted(keys), *sorted(seal)):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            mode = 700 if path.is_dir() else 600
            yield Finding(f"{path} dapat dibaca orang lain; jalankan: chmod {mode} {path}", True)


def _keys(config: Config) -> Iterator[Finding]:
    folder = config.KEYS / pki.FOLDER
    if not pki.exist(folder):
        return
    try:
        keys = pki.load(folder)
    except pki.KeyTrouble as error:
        yield Finding(str(error), True)
        return
    for name, certificate, notice, remedy in (
        ("segel", keys.certificate, SEAL_NOTICE, "jalankan credentials renew-seal"),
        ("akar segel", keys.root, ROOT_NOTICE, "rencanakan kunci akar baru"),
    ):
        left = certificate.not_valid_after_utc - clock.now()
        if left < notice:
            day = dates.long_date(certificate.not_valid_after_utc.date())
            yield Finding(f"Sertifikat {name} berakhir {day}; {remedy}.", left < timedelta())


def _backup(config: Config, *, asks_trail: bool) -> Iterator[Finding]:
    if said := latest.complaint(config.INSTANCE, asks_trail=asks_trail):
        yield Finding(said)


def _address(config: Config) -> Iterator[Finding]:
    if config.is_local:
        return
    if not config.PROXIES:
        yield Finding(
            "RAMBU_PROXIES=none, padahal Rambu sendiri tidak melayani https; bila ada perantara "
            "di depan, semua pengunjung tampak sebagai satu jaringan."
        )
    if not config.SECURITY_CONTACT:
        yield Finding("RAMBU_SECURITY_CONTACT kosong: penemu kelemahan tidak tahu ke mana melapor.")


def _is_current() -> bool:
    return migrations.held(db.session.connection()) == migrations.newest(PROJECT / "migrations")


def _schema() -> Iterator[Finding]:
    held = migrations.held(db.session.connection())
    newest = migrations.newest(PROJECT / "migrations")
    if held < newest:
        yield Finding(f"Basis data masih migrasi {held}, program {newest}; jalankan prepare.", True)
    if held > newest:
        yield Finding(
            f"Basis data sudah migrasi {held}, program baru {newest}: program ini lebih lama dari "
            "datanya. Pasang versi yang sama, atau pulihkan cadangan.",
            True,
        )


def _time() -> Iterator[Finding]:
    """Also found where nobody keeps the clock, and where it is kept wrong."""
    last = db.session.scalar(sa.select(sa.func.max(AuditEntry.at)))
    if last is not None and last > clock.now() + clock.LEEWAY:
        yield Finding(
            f"Jam mesin ini mundur: catatan terakhir bertanggal {last:%Y-%m-%d %H.%M} UTC, "
            f"sedangkan sekarang {clock.now():%Y-%m-%d %H.%M} UTC.",
            True,
        )


def _proxies(config: Config) -> Iterator[Finding]:
    """A proxy that was not counted gives its own address to everybody."""
    if config.is_local:
        return
    query = sa.select(SignIn.network).order_by(SignIn.id.desc()).limit(MANY)
    networks = db.session.scalars(query).all()
    if len(networks) == MANY and all(one.startswith(("127.", "::")) for one in networks):
        yield Finding(
            f"{MANY} orang terakhir tampak masuk dari mesin ini sendiri; naikkan RAMBU_PROXIES "
            "sesuai jumlah perantara, dan pastikan perantara mengirim X-Forwarded-For.",
            True,
        )


def _demo(config: Config) -> Iterator[Finding]:
    if not config.is_local and demo.is_loaded():
        yield Finding(
            f"Daerah demo ada di {config.PUBLIC_URL}, dan kata sandinya diketahui siapa pun; "
            "hapus dengan demo remove.",
            True,
        )


def _worker() -> Iterator[Finding]:
    if not jobs.is_worker_alive():
        yield Finding(
            "Tidak ada pekerja latar yang hidup: berkas PDF tidak dibuat, ujung jejak tidak "
            "ditandatangani, dan yang lewat masa simpannya tidak dihapus. Jalankan serve, atau "
            "jobs work bila yang melayani bukan serve.",
            True,
        )


def _checkpoint() -> Iterator[Finding]:
    """The worker signs the end of the trail each day; nothing vouches for what came after."""
    made = checkpoints.newest()
    at = made.at if made else db.session.scalar(sa.select(sa.func.min(AuditEntry.at)))
    if at is not None and clock.now() - at > UNSIGNED:
        yield Finding(
            f"Ujung jejak audit belum ditandatangani sejak {at:%Y-%m-%d %H.%M} UTC, lebih dari "
            "sehari; jalankan audit checkpoint, lalu lihat sebabnya dengan jobs list."
        )


def _other_nodes(config: Config) -> Iterator[Finding]:
    """Keys that are not those with which this database was written: of a node that made its own."""
    if pki.exist(config.KEYS / pki.FOLDER):
        try:
            checkpoints.check_seal(config.KEYS / pki.FOLDER)
        except pki.KeyTrouble as error:
            yield Finding(str(error), True)
    if not second_factor.is_newest_readable():
        yield Finding(
            "RAMBU_SECRET_KEY bukan kunci yang menyimpan verifikasi dua langkah: samakan dengan "
            "server yang lain, atau pulihkan dari cadangan. Bila kunci itu memang berganti, lepas "
            "verifikasi orangnya dengan accounts reset-factor.",
            True,
        )
