"""Every rule of the checker, shown by a file that breaks it."""

import pytest

from tests.content import one_sentence

REGULATION = "regulations/pp-94-2021.md"
SCENARIO = "scenarios/media-sosial/kasus-satu.md"
SAFE = "scenarios/pelayanan/mengikuti-akun-kpu.md"
COURSE = "courses/netralitas/course.yaml"
LESSON = "courses/netralitas/01-tahap.md"
PLEDGE = "pledges/netralitas-2026.1.md"
GUIDE = "guides/belajar.md"


def test_sound_content_has_no_mistake_at_all(content):
    report = content.report()
    assert report.mistakes == ()
    assert str(report.counts) == (
        "regulations 3, provisions 4, scenarios 5, verdicts 9, courses 1, lessons 1, pledges 1"
    )


#: path · what stands there · what is written instead · text on the line to blame · the sentence.
SHAPES = {
    "unknown key": (
        GUIDE,
        "roles: [learner]",
        "roles: [learner]\nrole: x",
        "role: x",
        "Isian “role” tidak dikenal.",
    ),
    "missing key": (
        GUIDE,
        "roles: [learner]\n",
        "",
        "title:",
        "Isian “roles” belum ada.",
    ),
    "wrong type": (
        REGULATION,
        "year: 2021",
        "year: dua ribu",
        "year:",
        "Isian “year” harus berupa bilangan bulat 1945–2100.",
    ),
    "number without quotes": (
        REGULATION,
        'number: "94"',
        "number: 94",
        "number:",
        "Isian “number” harus berupa teks yang tidak kosong (angka ditulis di antara tanda kutip).",
    ),
    "a date in words": (
        REGULATION,
        "checked_on: 2026-11-21",
        "checked_on: kemarin",
        "checked_on:",
        "Isian “checked_on” harus berupa tanggal, misalnya 2026-11-21.",
    ),
    "a term that is not on the list": (
        SCENARIO,
        "pressure: kebiasaan",
        "pressure: iseng",
        "pressure:",
        "Isian “pressure” harus salah satu dari: "
        "keluarga, atasan, karier, pertemanan, kebiasaan, ketidaktahuan.",
    ),
    "a nested key": (
        SCENARIO,
        "    verdict: tidak-boleh\n    violation: kode-etik",
        "    verdict: tidak-boleh\n    violation: ringan",
        "violation: ringan",
        "Isian “verdicts.1.violation” harus salah satu dari: none, kode-etik, "
        "disiplin-sedang, disiplin-berat, ptdh, pidana, administratif.",
    ),
    "a citation that is no reference": (
        SCENARIO,
        "[pp-94-2021#5-n-5, uu-20-2023#9-2]",
        "[Pasal 5, uu-20-2023#9-2]",
        "Pasal 5",
        "Isian “verdicts.2.cites.1” harus berupa rujukan seperti pp-94-2021#5-n-6.",
    ),
    "a source that is no address": (
        REGULATION,
        "https://contoh.go.id/pp-94",
        "javascript:alert(1)",
        "source:",
        "Isian “source” harus berupa alamat https://….",
    ),
    "an empty list": (
        SCENARIO,
        "[pns, cpns, pppk]",
        "[]",
        "applies_to:",
        "Isian “applies_to” harus berupa daftar dengan sedikitnya 1 isi.",
    ),
    "a line of ::: that is no case": (
        LESSON,
        ":::kasus kasus-satu sesudah-penetapan",
        ":::kasus kasus-satu",
        ":::kasus",
        "Baris ini harus berbentuk “:::kasus <id kasus> <tahap>”.",
    ),
    "an unknown heading in a scenario": (
        SCENARIO,
        "## Sebaiknya",
        "## Sebaiknya\nLewati.\n\n## Catatan",
        "## Catatan",
        "Judul “Catatan” tidak dikenal dalam kasus.",
    ),
}
IDENTITY = {
    "id is not the file name": (
        SCENARIO,
        "id: kasus-satu",
        "id: kasus-lain",
        "id: kasus-lain",
        "Isian “id” (kasus-lain) tidak sama dengan nama berkas (kasus-satu).",
    ),
    "topic is not the folder": (
        SAFE,
        "topic: pelayanan",
        "topic: foto-simbol",
        "topic:",
        "Topik “foto-simbol” tidak sama dengan nama folder “pelayanan”.",
    ),
    "edition is not the file name": (
        PLEDGE,
        "edition: netralitas-2026.1",
        "edition: netralitas-2026.2",
        "edition:",
        "Isian “edition” (netralitas-2026.2) tidak sama dengan nama berkas (netralitas-2026.1).",
    ),
}
LAW = {
    "a provision twice": (
        REGULATION,
        "id: 13-g",
        "id: 5-n-5",
        "id: 5-n-5\n    label: Pasal 13",
        "Ketentuan “5-n-5” ditulis dua kali.",
    ),
    "citation of an unknown instrument": (
        SCENARIO,
        "uu-20-2023#9-2",
        "uu-99-2099#9-2",
        "uu-99",
        "Peraturan “uu-99-2099” yang dirujuk tidak ditemukan.",
    ),
    "citation of an unknown anchor": (
        LESSON,
        "cites: [pp-94-2021#5-n-5]",
        "cites: [pp-94-2021#5-n-66]",
        "cites:",
        "Ketentuan “5-n-66” tidak ada dalam pp-94-2021; yang ada: 5-n-5, 13-g.",
    ),
    "citation of repealed law": (
        SCENARIO,
        "uu-20-2023#9-2",
        "uu-5-2014#9-2",
        "uu-5-2014",
        "Rujukan uu-5-2014#9-2 menunjuk peraturan yang sudah dicabut oleh uu-20-2023; ganti, atau "
        "tandai {cite: uu-5-2014#9-2, historical: true} bila disebut sebagai sejarah.",
    ),
    "history that still holds": (
        SCENARIO,
        "[pp-94-2021#5-n-5, uu-20-2023#9-2]",
        "[pp-94-2021#5-n-5, {cite: uu-20-2023#9-2, historical: true}]",
        "historical:",
        "Rujukan uu-20-2023#9-2 ditandai historical, padahal peraturannya belum dicabut.",
    ),
    "a verdict resting on C alone": (
        SCENARIO,
        "[pp-94-2021#5-n-5, uu-20-2023#9-2]",
        "[pp-94-2021#13-g]",
        "13-g",
        "Semua rujukannya berkeyakinan C; yang belum terverifikasi tidak boleh menjadi sandaran.",
    ),
    "a lesson resting on C alone": (
        LESSON,
        "cites: [pp-94-2021#5-n-5]",
        "cites: [pp-94-2021#13-g]",
        "cites:",
        "Semua rujukannya berkeyakinan C; yang belum terverifikasi tidak boleh menjadi sandaran.",
    ),
    "repealed by nobody": (
        "regulations/uu-5-2014.md",
        "repealed_by: uu-20-2023",
        "repealed_by: uu-21-2023",
        "repealed_by:",
        "Peraturan pencabut “uu-21-2023” tidak ditemukan.",
    ),
    "repealed before it began": (
        REGULATION,
        "repealed_on: null",
        "repealed_on: 2020-01-01",
        "repealed_on:",
        "Tanggal pencabutan mendahului tanggal mulai berlaku.",
    ),
    "an instrument without explanation": (
        REGULATION,
        "Peraturan ini mengatur disiplin. Ia memuat larangan dan hukumannya. Ia berlaku bagi PNS.",
        "",
        None,
        "Penjelasan peraturan belum ditulis.",
    ),
}
CASES = {
    "no situation": (
        SCENARIO,
        "Sari melihat unggahan seorang teman pada malam hari. Jempolnya bergerak.\n",
        "",
        None,
        "Situasi kasus belum ditulis.",
    ),
    "an empty reason": (
        SCENARIO,
        "Menyukai termasuk tindakan yang menguntungkan. Demikian kami baca.\n",
        "",
        None,
        "Bagian “## Alasan” belum ada atau kosong.",
    ),
    "no safe act": (
        SCENARIO,
        "## Sebaiknya\nLewati saja unggahan itu.",
        "",
        None,
        "Bagian “## Sebaiknya” belum ada atau kosong.",
    ),
    "a heading inside a section": (
        SCENARIO,
        "Menyukai termasuk",
        "### Pertama\nMenyukai termasuk",
        "### Pertama",
        "Di dalam bagian kasus tidak ada judul lain.",
    ),
    "a phase twice": (
        SCENARIO,
        "phase: sesudah-penetapan",
        "phase: sebelum-penetapan",
        "phase: sebelum-penetapan\n    verdict: tidak-boleh\n    violation: disiplin-berat",
        "Vonis untuk tahap “sebelum-penetapan” ditulis dua kali.",
    ),
    "all phases beside one": (
        SCENARIO,
        "phase: sesudah-penetapan",
        "phase: semua",
        "phase: semua",
        "Vonis “semua” tidak dapat disandingkan dengan tahap lain.",
    ),
    "a phase missing": (
        SAFE,
        "phase: semua",
        "phase: sebelum-penetapan",
        "verdicts:",
        "Vonis untuk tahap “sesudah-penetapan” belum ada.",
    ),
    "no citation": (
        SCENARIO,
        "cites: [pp-94-2021#5-n-5, uu-20-2023#9-2]",
        "cites: []",
        "cites: []",
        "Vonis ini belum mempunyai rujukan; tanpa aturan, pakai confidence: praktik-aman.",
    ),
    "allowed, yet a violation": (
        SCENARIO,
        "verdict: tidak-boleh\n    violation: kode-etik",
        "verdict: boleh\n    violation: kode-etik",
        "violation: kode-etik",
        "Vonis “boleh” tidak dapat berjenis pelanggaran “kode-etik”.",
    ),
    "forbidden, yet no violation": (
        SCENARIO,
        "violation: kode-etik",
        "violation: none",
        "violation: none",
        "Vonis “tidak-boleh” memerlukan jenis pelanggaran.",
    ),
    "safe practice that forbids": (
        SAFE,
        "verdict: boleh",
        "verdict: tidak-boleh",
        "verdict: tidak",
        "Kasus praktik-aman tidak dapat memvonis “tidak-boleh”.",
    ),
    "safe practice with a violation": (
        SAFE,
        "verdict: boleh\n    violation: none",
        "verdict: bergantung\n    violation: kode-etik",
        "violation:",
        "Kasus praktik-aman memakai violation: none.",
    ),
    "safe practice that does not say so": (
        SAFE,
        "praktik aman, bukan kutipan aturan",
        "pendapat",
        "confidence:",
        "Kasus praktik-aman harus mengatakan “praktik aman” dalam teksnya.",
    ),
    "published without review": (
        SCENARIO,
        "reviewed_on: 2026-11-21\n",
        "",
        "id:",
        "Kasus terbit memerlukan isian “reviewed_on”.",
    ),
}
COURSES = {
    "an unknown case": (
        LESSON,
        "kasus-satu",
        "kasus-seribu",
        ":::kasus",
        "Kasus “kasus-seribu” tidak ditemukan.",
    ),
    "a phase that is none": (
        LESSON,
        ":::kasus kasus-satu sesudah-penetapan",
        ":::kasus kasus-satu nanti",
        ":::kasus",
        "Tahap “nanti” tidak dikenal.",
    ),
    "a phase without ruling": (
        LESSON,
        ":::kasus kasus-satu sesudah-penetapan",
        ":::kasus kasus-satu semua",
        ":::kasus",
        "Kasus “kasus-satu” tidak mempunyai vonis tahap “semua”.",
    ),
    "the same case twice": (
        LESSON,
        "Ingatlah **tahapnya**.",
        ":::kasus kasus-dua semua\n\n:::kasus kasus-satu sesudah-penetapan",
        None,
        "Kasus “kasus-satu” tahap “sesudah-penetapan” sudah ada di kursus ini.",
    ),
    "JP that the minutes do not give": (
        COURSE,
        "jp: 1",
        "jp: 2",
        "jp:",
        "JP harus 1: 45 menit dibagi 45.",
    ),
    "minutes that do not add up": (
        COURSE,
        "latihan: 20",
        "latihan: 30",
        "minutes_breakdown:",
        "Rincian waktu berjumlah 55 menit, bukan 45.",
    ),
    "lesson minutes that do not add up": (
        COURSE,
        "{pelajaran: 5, latihan: 20, kuis: 20}",
        "{pelajaran: 6, latihan: 20, kuis: 19}",
        "minutes_breakdown:",
        "Pelajaran di folder ini berjumlah 5 menit, bukan 6.",
    ),
    "a pledge that does not exist": (
        COURSE,
        "pledge: netralitas-2026.1",
        "pledge: netralitas-1999",
        "pledge:",
        "Edisi pakta “netralitas-1999” tidak ditemukan.",
    ),
    "resting on nothing known": (
        COURSE,
        "rests_on: [pp-94-2021]",
        "rests_on: [pp-1-1901]",
        "rests_on:",
        "Peraturan “pp-1-1901” yang mendasari kursus tidak ditemukan.",
    ),
    "resting on repealed law": (
        COURSE,
        "rests_on: [pp-94-2021]",
        "rests_on: [uu-5-2014]",
        "rests_on:",
        "Peraturan “uu-5-2014” yang mendasari kursus sudah dicabut.",
    ),
    "a lesson that the course does not name": (
        COURSE,
        "lessons: [tahap]",
        "lessons: [tahap, akhir]",
        "lessons:",
        "Daftar pelajaran tidak sama dengan berkasnya, yaitu: tahap.",
    ),
    "counts that do not add up": (
        COURSE,
        "questions: 2",
        "questions: 3",
        "questions:",
        "Jumlah soal 3, tetapi baris undian berjumlah 2.",
    ),
    "a line that its pool cannot fill three times": (
        COURSE,
        "{topic: [media-sosial], count: 1}",
        "{topic: pelayanan, count: 1}",
        "{topic: pelayanan",
        "Baris undian ini memerlukan 3 kasus, tersedia 1.",
    ),
    "lines that can only be filled by sharing": (
        COURSE,
        "{topic: [media-sosial], count: 1}",
        "{topic: [media-sosial], count: 1, phase: sebelum-penetapan}",
        "{topic: [media-sosial]",
        "Bersama baris lain, baris undian ini hanya mendapat 1 dari 3 kasus.",
    ),
    "a floor that no paper reaches": (
        COURSE,
        "boleh-or-bergantung: 1",
        "boleh-or-bergantung: 2",
        "at_least:",
        "Diminta sedikitnya 2 soal boleh atau bergantung; yang terambil hanya 1.",
    ),
    "a pledge without closing": (
        PLEDGE,
        "\nDemikian pakta ini dibuat.\n",
        "",
        "menyatakan bahwa",
        "Pakta berisi satu paragraf pembuka, daftar bernomor, dan satu paragraf penutup.",
    ),
    "a pledge with emphasis": (
        PLEDGE,
        "menjaga netralitas;",
        "menjaga *netralitas*;",
        "menjaga *",
        "Teks pakta ditulis polos, tanpa tautan atau penekanan.",
    ),
    "a pledge with a table of contents": (
        PLEDGE,
        "Demikian",
        "## Isi\n\nDemikian",
        "## Isi",
        "Pakta hanya berisi paragraf dan satu daftar bernomor.",
    ),
}
PROSE = {
    "aturan: to an unknown instrument": (
        LESSON, "aturan:pp-94-2021#5-n-5", "aturan:pp-95-2021#5-n-5",
        "aturan:", "Peraturan “pp-95-2021” yang dirujuk tidak ditemukan.",
    ),
    "aturan: to an unknown anchor": (
        LESSON, "aturan:pp-94-2021#5-n-5", "aturan:pp-94-2021#99",
        "aturan:", "Ketentuan “99” tidak ada dalam pp-94-2021.",
    ),
    "aturan: to repealed law": (
        LESSON, "aturan:pp-94-2021#5-n-5", "aturan:uu-5-2014",
        "aturan:", "Tautan menunjuk uu-5-2014 yang sudah dicabut oleh uu-20-2023; ganti, atau "
        "beri judul “historis” bila disebut sebagai sejarah.",
    ),
    "a dead internal link": (
        LESSON, "/bantuan/belajar", "/bantuan/terbang",
        "/bantuan", "Tautan “/bantuan/terbang” tidak menuju ke mana pun.",
    ),
    "an unknown scheme": (
        LESSON, "/bantuan/belajar", "javascript:alert(1)",
        "javascript", "Tautan “javascript:alert(1)” tidak dikenal; pakai aturan:, alamat / "
        "atau https://.",
    ),
    "an image without words": (
        LESSON, "Ingatlah **tahapnya**.", "![](/static/tahap.svg)",
        "![]", "Gambar “/static/tahap.svg” belum mempunyai teks pengganti.",
    ),
    "an image of somebody else": (
        LESSON, "Ingatlah **tahapnya**.", "![Garis waktu](https://jauh.example/tahap.svg)",
        "![", "Gambar “https://jauh.example/tahap.svg” harus berasal dari /static/.",
    ),
    "stale law in a lesson": (
        LESSON, "Ingatlah **tahapnya**.", "Ingatlah.\nLapor ke KASN.",
        "Lapor ke", "KASN: KASN tidak lagi menangani laporan sejak 24 Agustus 2024; laporan masuk "
        "lewat Bawaslu atau BKN, sanksi dijatuhkan PPK.",
    ),
    "stale law in front matter": (
        REGULATION, "text: Nomor hurufnya belum kami lihat.", "text: Menurut PP 53/2010.",
        "PP 53", "PP 53/2010: PP 53/2010 sudah dicabut; yang berlaku sejak 31 Agustus 2021 "
        "ialah PP 94/2021.",
    ),
}  # fmt: skip
ALL = {**SHAPES, **IDENTITY, **LAW, **CASES, **COURSES, **PROSE}


@pytest.mark.parametrize(("path", "old", "new", "at", "sentence"), ALL.values(), ids=ALL)
def test_one_broken_thing_gets_its_sentence_on_its_line(content, path, old, new, at, sentence):
    content.edit(path, old, new)
    found = {(where, message): line for where, line, message in content.errors()}
    assert (path, sentence) in found, content.errors()
    if at is not None:
        assert found[path, sentence] == content.line_of(path, at)
    assert all(one_sentence(message) for _, message in found)


def test_a_plain_mention_of_an_instrument_that_is_gone_is_found(content):
    """Links and citations are not enough: most sentences name a circular in plain words."""
    gone = content.read("regulations/uu-5-2014.md").replace("uu-5-2014", "se-9-2020")
    content.write("regulations/se-9-2020.md", gone.replace("short: UU 5/2014", "short: SE 9/2020"))
    content.edit(LESSON, "Ingatlah **tahapnya**.", "Menurut SE 9/2020 Anda wajib lapor.")
    assert content.errors() == [
        (
            LESSON,
            content.line_of(LESSON, "Menurut SE"),
            "SE 9/2020: SE 9/2020 sudah dicabut; yang berlaku ialah UU 20/2023.",
        )
    ]
    content.edit(LESSON, "Menurut SE 9/2020 Anda wajib lapor.", "SE 9/2020 sudah dicabut.")
    assert content.errors() == []
