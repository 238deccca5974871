"""Positions are told from their names, as real lists spell them."""

import pytest

from app.agencies.positions import Level, position_of
from app.catalog.terms import PersonStatus

PNS, VILLAGE = PersonStatus.PNS, PersonStatus.VILLAGE_OFFICIAL
TOP, ADMIN, SUPER, HEAD = Level.TOP, Level.ADMINISTRATOR, Level.SUPERVISOR, Level.HEAD

KNOWN = (
    ("Sekretaris Daerah", TOP, True),
    ("Plt. Kepala Dinas Pendidikan dan Kebudayaan", TOP, True),
    ("KEPALA  BADAN Kepegawaian", TOP, True),
    ("Kadis Kesehatan", TOP, True),
    ("Inspektur Daerah", TOP, True),
    ("Inspektur", TOP, True),
    ("Asisten Pemerintahan dan Kesejahteraan Rakyat", TOP, False),
    ("Staf Ahli Bupati Bidang Hukum", TOP, False),
    ("Sekretaris Dinas", ADMIN, False),
    ("Kabid Mutasi", ADMIN, True),
    ("Camat Melati", ADMIN, True),
    ("Pj Camat", ADMIN, True),
    ("Inspektur Pembantu Wilayah II", ADMIN, False),
    ("Irban II", ADMIN, False),
    ("Lurah", SUPER, True),
    ("Kepala Sub Bagian Umum", SUPER, True),
    ("Kasubag. Keuangan", SUPER, True),
    ("Kepala Subbagian Tata Usaha", SUPER, True),
    ("Kepala Seksi Pemerintahan", SUPER, True),
    ("Kepala UPTD Laboratorium", SUPER, True),
    ("Kepala UPTD Puskesmas Melati", HEAD, True),
    ("Kepala Sekolah", HEAD, True),
    ("Kepala SMPN 3 Melati", HEAD, True),
    ("Direktur RSUD", HEAD, True),
    ("Wakil Direktur Pelayanan", ADMIN, False),
)
NOBODY = (
    "Guru Ahli Pertama",
    "Asisten Apoteker Terampil",
    "Inspektur Ketenagalistrikan Ahli Muda",
    "Auditor Ahli Madya",
    "Ajudan Kepala Dinas",
    "Sekretaris Pimpinan",
    "Pengadministrasi Perkantoran",
    "Camatan",
    "Lurahan",
    "",
)


@pytest.mark.parametrize(("name", "level", "is_head"), KNOWN)
def test_a_leader_is_known_by_the_name_of_the_position(name, level, is_head):
    found = position_of(name, PNS)
    assert (found.level, found.is_head) == (level, is_head)


@pytest.mark.parametrize("name", NOBODY)
def test_who_leads_nobody_is_no_leader(name):
    assert position_of(name, PNS).level is None


def test_a_section_of_a_village_is_no_position_of_the_civil_service():
    assert position_of("Kepala Seksi Pemerintahan", VILLAGE).level is None
    assert position_of("Kepala Desa", PersonStatus.VILLAGE_HEAD).level is HEAD
    assert position_of("Kepala Desa", PNS).level is None
