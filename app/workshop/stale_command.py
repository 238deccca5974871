"""`flask content stale`: is there stale law in these texts? For CI, and for a desk with a terminal.

Exit 0: nothing found. 1: something found. 2: something could not be read, whatever else was found.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.catalog.staleness import StaleRule
from app.catalog.web import BrokenContent, current
from app.reading.loader import stale_rules
from app.stale import stale_claims

STANDARD_INPUT = "-"
#: What is read in a folder. A file that is named is read whatever it is called.
SUFFIXES = frozenset({".md", ".txt"})
CLEAN, FOUND, UNREAD = 0, 1, 2
Rules = Sequence[StaleRule]
UNSOUND = (
    "Isi Rambu sedang salah, jadi hanya aturan yang utuh yang dipakai. Jalankan: content check."
)
BINARY = (
    "berkas ini bukan teks (mungkin Word, PDF, atau gambar). "
    "Salin isinya, atau simpan sebagai teks UTF-8 (.txt)."
)
NOT_UTF8 = "teks ini tidak tersimpan sebagai UTF-8. Simpan ulang dengan pengodean UTF-8."


class Unread(Exception):
    """A text that cannot be looked at. The message is for the person who named it."""


@click.command("stale")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--path", type=click.Path(path_type=Path), help="Folder isi; bawaannya RAMBU_CONTENT."
)
@with_appcontext
def stale(files: tuple[str, ...], path: Path | None) -> None:
    """Sebut aturan basi dalam naskah, per baris, beserta yang berlaku sekarang.

    FILE ialah naskah, folder (.md dan .txt di dalamnya), atau - untuk masukan baku (bawaannya).
    """
    rules = stale_rules(path) if path else _rules()
    outcomes = {_report(name, rules) for name in files or (STANDARD_INPUT,)}
    if outcomes == {CLEAN}:
        click.echo("Tidak ada yang basi di antara hal-hal yang Rambu kenali.", err=True)
    raise SystemExit(max(outcomes))


def _rules() -> Rules:
    """Those of the running application; while its content is broken, what is of use of it."""
    try:
        return current().stale.rules
    except BrokenContent:
        click.echo(UNSOUND, err=True)
        return stale_rules(current_app.config["RAMBU"].CONTENT)


def _report(name: str, rules: Rules) -> int:
    """Say what is stale in a file or a folder; how it went."""
    if name == STANDARD_INPUT:
        return _read_out("-", sys.stdin.buffer.read, rules)
    path = Path(name)
    try:
        if not path.is_dir():
            return _read_out(name, path.read_bytes, rules)
        texts = sorted(_texts_in(path))
    except OSError as error:
        return _refuse(name, _trouble(error))
    if not texts:
        return _refuse(name, "folder ini tidak berisi berkas .md atau .txt.")
    return max(_read_out(str(text), text.read_bytes, rules) for text in texts)


def _texts_in(folder: Path) -> Iterator[Path]:
    """Texts in a folder and below. Raises OSError where one may not look."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield from _texts_in(path)
        elif path.suffix.lower() in SUFFIXES:
            yield path


def _read_out(name: str, read: Callable[[], bytes], rules: Rules) -> int:
    try:
        lines = list(_lines(name, _decoded(read()), rules))
    except OSError as error:
        return _refuse(name, _trouble(error))
    except Unread as error:
        return _refuse(name, str(error))
    return _say(lines)


def _decoded(content: bytes) -> str:
    """Raises Unread."""
    if b"\0" in content:
        raise Unread(BINARY)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise Unread(BINARY if content[:5] == b"%PDF-" else NOT_UTF8) from None


def _lines(name: str, text: str, rules: Rules) -> Iterator[str]:
    shown = click.format_filename(name)
    for claim in stale_claims(text, rules):
        yield f"{shown}:{claim.line}: {claim.found}: {claim.right} ({claim.url})"


def _say(lines: Iterable[str]) -> int:
    outcome = CLEAN
    for line in lines:
        click.echo(line)
        outcome = FOUND
    return outcome


def _refuse(name: str, reason: str) -> int:
    click.echo(f"{click.format_filename(name)}: {reason}", err=True)
    return UNREAD


def _trouble(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "berkas ini tidak ada. Periksa nama dan letaknya."
    if isinstance(error, PermissionError):
        return "berkas ini tidak boleh dibaca. Periksa izinnya."
    return f"berkas ini tidak dapat dibaca ({error.strerror})."
