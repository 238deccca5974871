"""What people do in a browser, in their own words. A verb acts as a person would: it reads labels,
presses what can be pressed and follows links; it knows no CSS class and no internal id."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from app.catalog.labels import label
from app.catalog.quiz_options import QuizOption
from app.core import clock
from app.quizzes.paper import Question
from tests.people import PASSWORD

COURSE = "/kursus/netralitas-inti"
CODE = r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{2}\b"


class Visitor:
    """Anybody with a browser."""

    def __init__(self, site, context) -> None:
        self.site, self.context = site, context
        self.page = context.new_page()

    @property
    def at(self) -> str:
        """The path of the page that is open."""
        return urlsplit(self.page.url).path

    @property
    def main(self):
        return self.page.get_by_role("main")

    def opens(self, path: str) -> None:
        self.page.goto(path)

    def reads(self, *texts: str) -> None:
        """Every text is on the page, and can be seen."""
        for text in texts:
            expect(self.main.get_by_text(text).locator("visible=true").first).to_be_visible()

    def does_not_read(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def fills(self, name: str, text: str) -> None:
        self.main.get_by_label(name, exact=True).fill(text)

    def presses(self, name: str) -> None:
        """A button, and the page that comes of it."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=name).first.click()

    def follows(self, name: str) -> None:
        with self.page.expect_navigation():
            self.main.get_by_role("link", name=name).first.click()

    def types_code(self, code: str) -> None:
        self.opens("/verifikasi")
        self.fills("Kode verifikasi", code)
        self.presses("Periksa kode")

    def drops_file(self, path: Path) -> None:
        """Hand a file to the verification page."""
        self.opens("/verifikasi")
        self.main.get_by_label("Berkas PDF").set_input_files(path)
        self.presses("Periksa berkas")

    def downloads(self, link) -> bytes:
        with self.page.expect_download() as waiting:
            link.click()
        assert waiting.value.failure() is None
        return Path(waiting.value.path()).read_bytes()


class Employee(Visitor):
    """Somebody on the roster."""

    def __init__(self, site, context, number: str) -> None:
        super().__init__(site, context)
        self.number, self.password = number, PASSWORD

    def activates(self, code: str) -> None:
        self.opens("/")
        self.follows("Baru pertama kali? Aktifkan akun")
        self.fills("NIP / NI PPPK", self.number)
        self.fills("Kode dari admin unit", code)
        self.fills("Kata sandi baru", self.password)
        self.fills("Ketik kata sandi baru sekali lagi", self.password)
        self.presses("Aktifkan dan masuk")

    def is_let_in_by_operator(self) -> None:
        """The first admin gets her code from whoever runs the server."""
        said = self.site.runs("accounts", "activation-code", self.number)
        self.activates(re.search(CODE, said).group())

    def signs_in(self) -> None:
        self.opens("/masuk")
        self.fills("NIP / NI PPPK", self.number)
        self.fills("Kata sandi", self.password)
        self.presses("Masuk")


class Learner(Employee):
    """Somebody on the way from the first lesson to the certificate."""

    def starts_course(self) -> None:
        self.opens("/")
        self.follows("Mulai belajar")
        self.presses("Mulai belajar")

    def reads_lesson(self, number: int) -> None:
        """To the end, judging every case on the way; the page leads on to what follows."""
        assert self.at == f"{COURSE}/pelajaran/{number}"
        waiting = self.main.get_by_role("region").filter(
            has=self.page.get_by_role("button", name="Tetapkan jawaban")
        )
        taught = self.main.get_by_role("group", name="Pembahasan")
        while waiting.count():
            before = taught.count()
            waiting.first.get_by_label("Tidak boleh", exact=True).check()
            waiting.first.get_by_role("button", name="Tetapkan jawaban").click()
            expect(taught).to_have_count(before + 1)
        if number == 1:
            self.presses("Selesai, lanjut")
            self.reads("Belum dapat diselesaikan")
        clock.shift(timedelta(minutes=3))
        self.presses("Selesai, lanjut")

    def practises(self, cases: int) -> None:
        self.opens(f"{COURSE}/latihan")
        self.presses("Mulai berlatih")
        for turn in range(cases):
            if turn:
                self.presses("Kasus berikutnya")
            self.main.get_by_label("Boleh", exact=True).check()
            self.presses("Tetapkan jawaban")
            self.reads("Alasan", "Sebaiknya")

    def takes_quiz(self, choose: Callable[[int, Question], str]) -> list[Question]:
        """Answer every question as `choose(number, question)` says. Gives the paper's questions.

        The paper is looked up where only the server can see it.
        """
        self.opens(f"{COURSE}/kuis")
        self.presses("Mulai kuis")
        attempt_id = int(self.at.split("/")[2])
        questions = self.site.paper_of(attempt_id).questions
        for number, question in enumerate(questions, start=1):
            assert self.at == f"/percobaan/{attempt_id}/soal/{number}"
            option = label(QuizOption(choose(number, question)))
            self.main.get_by_label(option, exact=True).check()
            self.presses("Simpan & lanjut")
        self.reads("Semua soal sudah dijawab")
        clock.shift(timedelta(minutes=1))
        self.presses("Kirim kuis")
        return questions

    def opens_pledge(self) -> None:
        self.opens("/")
        self.follows("Tandatangani pakta")

    def ticks_every_point(self) -> None:
        for box in self.main.get_by_role("checkbox").all():
            box.check()

    def signs_pledge(self, password: str | None = None) -> None:
        self.fills("Kata sandi", password or self.password)
        self.presses("Tandatangani pakta")

    def downloads_both(self) -> dict[str, bytes]:
        """The sealed files by kind, as the links of the page give them."""
        self.opens("/dokumen")
        return {
            kind: self.downloads(
                self.main.get_by_role("region", name=kind).get_by_role("link", name="Unduh PDF")
            )
            for kind in ("Sertifikat", "Pakta integritas")
        }


class Admin(Employee):
    """Somebody who looks after a unit, at a desk."""

    #: Whether she has proved her presence since the clock last moved on.
    has_proved = False

    def hands_out_code(self, name: str) -> str:
        """A one-time code for somebody of the unit, as its slip says."""
        self.opens("/")
        self.follows("Pegawai")
        self.follows("Nanti saja")  # a second factor: she has a week
        self.follows("Kode aktivasi")
        self.presses("Terbitkan kode")
        self.reads("kode baru terbit")
        self.follows("Kode aktivasi")
        self.follows("Lihat slip dan pesan pribadi")
        slip = self.main.get_by_role("region", name=f"Slip {name}").inner_text()
        return re.search(CODE, slip).group()

    def proves_presence(self, button: str) -> None:
        """Press a button that wants a fresh proof, give it if it is wanted, and be back."""
        proof = self.main.get_by_label("Kata sandi Anda", exact=True)
        back = self.page.url
        if not self.has_proved:
            self.presses(button)
            proof.fill(self.password)
            self.presses("Lanjutkan")
            self.reads("tidak ditanya lagi")
            self.has_proved = True
        assert self.page.url == back

    def finds_in_report(self, unit: str) -> list[str]:
        """The figures of a unit's row: ASN, sudah belajar, lulus, sudah TTD, belum, %."""
        self.opens("/laporan")
        row = self.main.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=unit))
        cells = row.get_by_role("cell").all_inner_texts()
        return [re.sub(r"\s+", " ", cell).strip() for cell in cells[-6:]]


__all__ = ["COURSE", "PASSWORD", "Admin", "Employee", "Learner", "Visitor"]
