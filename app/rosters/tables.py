"""A file of rows as somebody saved it, made into plain text cells. Tells the formats apart.

Knows nothing of people: what the columns mean is the business of `roster` and `tree`. Whatever is
wrong with the file itself becomes one sentence (UnreadableFile), never a trace.
"""

import hashlib
import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from app.rosters import delimited, private, web_table
from app.rosters.cells import MAX_BYTES, TOO_LARGE, Table, UnreadableFile

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PAGES = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<style", b"<?xml", b"<head", b"<div")


@dataclass(frozen=True)
class Source:
    """A file's tables (sheets of a workbook; one for CSV) and its fingerprint."""

    name: str
    sha256: str
    tables: list[Table] = field(repr=False)


OLD_EXCEL = "Ini berkas Excel lama (.xls). Simpan di Excel sebagai XLSX atau CSV UTF-8."


def read_tables(data: bytes, name: str, *, with_email: bool = False) -> Source:
    """Recognise and read a file by its content, not by its name. Raises UnreadableFile.

    Private columns (NIK, agama, alamat, …) are dropped here, before anything else holds them; so
    are e-mail addresses, unless asked for.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableFile("Berkas ini kosong.")
    if len(data) > MAX_BYTES:
        raise UnreadableFile(TOO_LARGE)
    if (sentence := _foreign(data)) is not None:
        raise UnreadableFile(sentence)
    sieve = partial(private.sift, with_email=with_email)
    if data.startswith(_ZIP):
        from app.rosters import workbook  # openpyxl: no page but an import needs it

        tables = workbook.read(data, sieve)
    elif _head(data).startswith(_PAGES):
        tables = web_table.read(data, sieve)
    else:
        tables = delimited.read(data, sieve)
    return Source(name=name, sha256=hashlib.sha256(data).hexdigest(), tables=tables)


def read_file(path: Path) -> Source:
    """Read a file from disk. Raises UnreadableFile for whatever the disk has against it."""
    shown = os.fsencode(path).decode(errors="replace")
    if path.is_dir():
        raise UnreadableFile(f"{shown} adalah folder. Sebutkan berkas CSV atau XLSX di dalamnya.")
    if path.exists() and not path.is_file():
        raise UnreadableFile(f"{shown} bukan berkas biasa.")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableFile(f"Berkas {shown} tidak ditemukan.") from None
    except PermissionError:
        raise UnreadableFile(f"Berkas {shown} tidak boleh dibaca oleh pengguna ini.") from None
    except OSError as error:
        raise UnreadableFile(f"Berkas {shown} tidak dapat dibaca: {error.strerror}.") from error
    return read_tables(data, os.fsencode(path.name).decode(errors="replace"))


def _foreign(data: bytes) -> str | None:
    """The sentence for a kind of file that is not ours."""
    head = _head(data)
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "Berkas ini dikunci dengan kata sandi. Buka kuncinya di Excel, lalu simpan lagi."
        return OLD_EXCEL
    if head.startswith(b"%pdf"):
        return "Ini berkas PDF, bukan tabel. Gunakan XLSX atau CSV dari sumber aslinya."
    if head.startswith(b"<?xml") and b"<html" not in head:
        return (
            "Isi berkas ini XML, walaupun namanya seperti Excel. Buka di Excel, lalu simpan "
            "sebagai XLSX."
        )
    if head.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z\xbc\xaf")):
        return "Ini gambar atau arsip, bukan tabel. Gunakan XLSX atau CSV."
    return None


def _head(data: bytes) -> bytes:
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
