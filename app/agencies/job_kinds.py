"""Kinds of jabatan, told from its name as lists write it: as reports of a whole group need them,
and no finer. Pure. First match wins; whoever fits none is pelaksana, the largest kind."""

import re
from enum import StrEnum
from functools import lru_cache

from app.agencies.positions import position_of
from app.catalog.terms import PersonStatus


class JobKind(StrEnum):
    LEADER = "pimpinan"
    TEACHER = "guru"
    HEALTH = "kesehatan"
    FUNCTIONAL = "fungsional"
    STAFF = "pelaksana"
    VILLAGE = "desa"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    JobKind.LEADER: "Pimpinan dan pejabat struktural",
    JobKind.TEACHER: "Guru dan tenaga kependidikan fungsional",
    JobKind.HEALTH: "Tenaga kesehatan",
    JobKind.FUNCTIONAL: "Fungsional lain",
    JobKind.STAFF: "Pelaksana",
    JobKind.VILLAGE: "Kepala desa, perangkat desa, dan BPD",
}
_IN_VILLAGES = {
    PersonStatus.VILLAGE_HEAD, PersonStatus.VILLAGE_OFFICIAL, PersonStatus.VILLAGE_COUNCIL,
}  # fmt: skip
_KINDS = tuple(
    (re.compile(names), kind)
    for names, kind in (
        (r"(?:guru|pengawas sekolah|pamong|penilik|tutor)\b", JobKind.TEACHER),
        (r"(?:dokter|perawat|bidan|apoteker|asisten apoteker|nutrisionis|sanitarian|epidemiolog"
         r"|fisioterapis|radiografer|perekam medis|pranata laboratorium kesehatan"
         r"|penyuluh kesehatan|terapis|tenaga sanitasi|promotor kesehatan|administrator kesehatan)",
         JobKind.HEALTH),
        (r".*\b(?:ahli (?:pertama|muda|madya|utama)|terampil|mahir|penyelia|pemula)\b",
         JobKind.FUNCTIONAL),
    )
)  # fmt: skip


@lru_cache(maxsize=16_384)
def job_kind_of(position: str, status: PersonStatus) -> JobKind:
    """The kind of somebody of this status by the name of her jabatan."""
    if status in _IN_VILLAGES:
        return JobKind.VILLAGE
    if position_of(position, status).level is not None:
        return JobKind.LEADER
    tidy = " ".join(position.casefold().split())
    return next((kind for names, kind in _KINDS if names.match(tidy)), JobKind.STAFF)
