"""A small content folder without a mistake, and a way to break one thing in it."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.reading.loader import Report, report
from app.reading.mistakes import Severity

TODAY = date(2026, 11, 22)
#: First parts of addresses, as an application would name them.
AREAS = frozenset({"akun", "laporan", "masuk", "verifikasi"})

REGULATION = """\
---
id: pp-94-2021
title: Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin Pegawai Negeri Sipil
short: PP 94/2021
kind: pp
number: "94"
year: 2021
signed_on: 2021-08-31
in_force_from: 2021-08-31
repealed_on: null
repealed_by: null
status_note: null
confidence: A
checked_on: 2026-11-21
source: https://contoh.go.id/pp-94
provisions:
  - id: 5-n-5
    label: Pasal 5 huruf n angka 5
    text: Dilarang membuat keputusan atau tindakan yang menguntungkan salah satu calon.
    confidence: A
    sanction: null
  - id: 13-g
    label: Pasal 13 huruf g
    text: Nomor hurufnya belum kami lihat.
    confidence: C
    sanction: null
---
Peraturan ini mengatur disiplin. Ia memuat larangan dan hukumannya. Ia berlaku bagi PNS.
"""
REPEALED = """\
---
id: uu-5-2014
title: Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara
short: UU 5/2014
kind: uu
number: "5"
year: 2014
signed_on: null
in_force_from: null
repealed_on: 2023-10-31
repealed_by: uu-20-2023
status_note: Sudah dicabut.
confidence: A
checked_on: 2026-11-21
source: null
provisions:
  - id: 9-2
    label: Pasal 9 ayat (2)
    text: Pegawai ASN harus bebas dari pengaruh partai politik.
    confidence: A
    sanction: null
---
Undang-undang yang lama.
"""
LIVING = """\
---
id: uu-20-2023
title: Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara
short: UU 20/2023
kind: uu
number: "20"
year: 2023
signed_on: null
in_force_from: 2023-10-31
repealed_on: null
repealed_by: null
status_note: null
confidence: A
checked_on: 2026-11-21
source: null
provisions:
  - id: 9-2
    label: Pasal 9 ayat (2)
    text: Pegawai ASN harus bebas dari pengaruh partai politik.
    confidence: B
    sanction: null
---
Undang-undang yang berlaku.
"""
SCENARIO = """\
---
id: {id}
topic: media-sosial
question: Bolehkah menyukai unggahan akun pemenangan?
act: Menyukai unggahan tim
applies_to: [pns, cpns, pppk]
verdicts:
  - phase: sebelum-penetapan
    verdict: {before}
    violation: {violation_before}
    cites: [pp-94-2021#5-n-5]
  - phase: sesudah-penetapan
    verdict: tidak-boleh
    violation: disiplin-berat
    cites: [pp-94-2021#5-n-5, uu-20-2023#9-2]
confidence: A
pressure: kebiasaan
difficulty: 2
asked_like: [like foto calon]
author: Tim Rambu
reviewer: Bagian Hukum
reviewed_on: 2026-11-21
status: terbit
---
Sari melihat unggahan seorang teman pada malam hari. Jempolnya bergerak.

## Alasan
Menyukai termasuk tindakan yang menguntungkan. Demikian kami baca.

## Sebaiknya
Lewati saja unggahan itu.
"""
SAFE_PRACTICE = """\
---
id: mengikuti-akun-kpu
topic: pelayanan
question: Bolehkah mengikuti akun KPU?
act: Mengikuti akun KPU
applies_to: [pns]
verdicts:
  - phase: semua
    verdict: boleh
    violation: none
    cites: []
confidence: praktik-aman
pressure: ketidaktahuan
difficulty: 1
asked_like: [follow kpu]
author: Tim Rambu
reviewer: Bagian Hukum
reviewed_on: 2026-11-21
---
Budi ingin tahu jadwal pemungutan suara.

## Alasan
Ini praktik aman, bukan kutipan aturan.

## Sebaiknya
Ikuti akun resminya.
"""
COURSE = """\
title: Netralitas ASN
summary: Kursus untuk uji coba.
edition: "2026.1"
jp: 1
minutes: 45
minutes_breakdown: {pelajaran: 5, latihan: 20, kuis: 20}
audience: [pns, pppk]
lessons: [tahap]
quiz:
  questions: 2
  draw:
    - {topic: media-sosial, count: 1, phase: sebelum-penetapan}
    - {topic: [media-sosial], count: 1}
  at_least: {boleh-or-bergantung: 1}
passing_percent: 80
attempts: 3
cool_down_minutes: 60
pledge: netralitas-2026.1
valid_months: 12
diklat: E-learning
rests_on: [pp-94-2021]
"""
LESSON = """\
---
title: Tahap menentukan
minutes: 5
summary: Perbuatan yang sama dinilai menurut tahapnya.
cites: [pp-94-2021#5-n-5]
---
# Satu hari yang membelah

Baca [PP 94/2021](aturan:pp-94-2021#5-n-5) dan [petunjuknya](/bantuan/belajar).

:::kasus kasus-satu sesudah-penetapan

Ingatlah **tahapnya**.
"""
PLEDGE = """\
---
edition: netralitas-2026.1
title: Pakta Integritas
valid_from: 2026-01-01
consent: Saya menandatangani dengan sadar.
cites: [pp-94-2021#5-n-5]
---
menyatakan bahwa saya:

1. menjaga netralitas;
2. menolak politik
   uang.

Demikian pakta ini dibuat.
"""
GUIDE = """\
---
title: Belajar
roles: [learner]
---
## Mulai

Buka [kursus](/kursus/netralitas).
"""
STALE = """\
known:
  - peraturan disiplin yang lama dan komisi yang sudah tidak ada.
blocks:
  PP: |
    PP | peraturan pemerintah
rules:
  - id: pp-53-2010
    words: |
      {PP} {NOMOR} 53 {TAHUN} 2010
    unless:
      repealed: true
    right: PP 53/2010 sudah dicabut; yang berlaku sejak 31 Agustus 2021 ialah PP 94/2021.
    source: pp-94-2021#5-n-5
    fires:
      - Hukumannya diatur PP 53/2010.
      - Menurut Peraturan Pemerintah Nomor 53 Tahun 2010 ia dihukum.
      - PP No. 53 Tahun 2010 berlaku.
    silent:
      - PP 53/2010 sudah dicabut.
      - PP 94/2021 berlaku.
      - Yang berlaku bukan PP 53/2010.
  - id: kasn
    words: KASN
    unless:
      after: "{..40} <tidak lagi | dibubarkan>"
    right: >-
      KASN tidak lagi menangani laporan sejak 24 Agustus 2024; laporan masuk lewat Bawaslu atau BKN,
      sanksi dijatuhkan PPK.
    source: pp-94-2021#5-n-5
    fires:
      - Lapor ke KASN.
      - KASN mengawasi pegawai.
      - Tembusan kepada Ketua KASN.
    silent:
      - KASN sudah dibubarkan.
      - KASN tidak lagi menangani laporan.
      - Lapor ke BKN, bukan ke KASN.
"""


@dataclass
class Content:
    """A content folder under `root` that tests write into."""

    root: Path

    def write(self, path: str, text: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, path: str) -> str:
        return (self.root / path).read_text()

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def line_of(self, path: str, text: str) -> int:
        """The line on which `text` stands for the first time."""
        return 1 + self.read(path)[: self.read(path).index(text)].count("\n")

    def report(self) -> Report:
        return report(self.root, TODAY, AREAS)

    def errors(self) -> list[tuple[str, int, str]]:
        return self._found(Severity.ERROR)

    def warnings(self) -> list[tuple[str, int, str]]:
        return self._found(Severity.WARNING)

    def _found(self, severity: Severity) -> list[tuple[str, int, str]]:
        return [
            (str(Path(m.path).relative_to(self.root)), m.line, m.message)
            for m in self.report().mistakes
            if m.severity is severity
        ]


def sound_content(root: Path) -> Content:
    content = Content(root)
    content.write("README.md", "Untuk penyunting.")
    content.write("regulations/pp-94-2021.md", REGULATION)
    content.write("regulations/uu-5-2014.md", REPEALED)
    content.write("regulations/uu-20-2023.md", LIVING)
    for name in ("satu", "dua", "tiga", "empat"):
        ruling = ("boleh", "none") if name == "empat" else ("tidak-boleh", "kode-etik")
        text = SCENARIO.format(id=f"kasus-{name}", before=ruling[0], violation_before=ruling[1])
        content.write(f"scenarios/media-sosial/kasus-{name}.md", text)
    content.write("scenarios/pelayanan/mengikuti-akun-kpu.md", SAFE_PRACTICE)
    content.write("courses/netralitas/course.yaml", COURSE)
    content.write("courses/netralitas/01-tahap.md", LESSON)
    content.write("pledges/netralitas-2026.1.md", PLEDGE)
    content.write("guides/belajar.md", GUIDE)
    content.write("stale/usang.yaml", STALE)
    return content


def one_sentence(message: str) -> bool:
    """Ends like a sentence and holds no second one."""
    return message.endswith((".", "”", "…”")) and not re.search(r"[.!?] [A-Z]", message)
