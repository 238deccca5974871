"""Where a person stands on the way through a course, and the one next thing to do. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.catalog.model import Course
from app.core.dates import moment
from app.learning.progress import Progress
from app.quizzes.chances import Chances


class Place(StrEnum):
    """Where a step happens; views make addresses of it."""

    COURSE = "course"
    LESSON = "lesson"
    PRACTICE = "practice"
    QUIZ = "quiz"
    ATTEMPT = "attempt"
    RESULT = "result"
    PLEDGE = "pledge"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain; `state` is done, current or todo."""

    label: str
    state: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Next:
    """The one next thing to do. `number` is a lesson's number or an attempt's id."""

    label: str
    place: Place
    note: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    course: Course
    progress: Progress
    #: None before the enrolment.
    chances: Chances | None
    #: The first lesson that is not done.
    lesson_number: int | None
    has_practised: bool
    now: datetime
    zone: str

    @property
    def steps(self) -> tuple[Step, ...]:
        """Belajar → Latihan → Kuis → Pakta → Sertifikat. Practice is never the one that waits."""
        way = self.progress
        practised = self.has_practised or way.has_passed
        started, learned = way.has_started, way.has_learned
        chain = (
            ("Belajar", learned, Place.COURSE if started else None),
            ("Latihan", practised, Place.PRACTICE if started else None),
            ("Kuis", way.has_passed, Place.QUIZ if learned else None),
            ("Pakta", way.has_signed, Place.PLEDGE if way.has_passed else None),
            ("Sertifikat", way.has_signed, Place.DOCUMENTS if way.has_signed else None),
        )
        waiting = next((label for label, done, _ in chain if not done and label != "Latihan"), "")
        return tuple(
            Step(label, "done" if done else "current" if label == waiting else "todo", place)
            for label, done, place in chain
        )

    @property
    def next(self) -> Next:
        way = self.progress
        if way.has_signed:
            return Next("Buka dokumen saya", Place.DOCUMENTS, "Kursus ini sudah tuntas.")
        if way.has_passed:
            note = f"Anda lulus dengan nilai {way.score_percent}. Tinggal satu langkah."
            return Next("Tandatangani pakta", Place.PLEDGE, note)
        if not way.has_started:
            return Next("Mulai belajar", Place.COURSE, self._size())
        if not way.has_learned:
            note = f"{way.lessons_done} dari {way.lessons_total} pelajaran selesai."
            label = f"Lanjut ke pelajaran {self.lesson_number}"
            return Next(label, Place.LESSON, note, self.lesson_number)
        assert self.chances is not None, "who has learned is enrolled"
        return self._quiz(self.chances)

    def _quiz(self, chances: Chances) -> Next:
        if chances.open_id is not None:
            note = "Kuis Anda masih terbuka. Jawaban yang tersimpan tidak hilang."
            return Next("Lanjutkan kuis", Place.ATTEMPT, note, chances.open_id)
        if chances.is_exhausted:
            note = "Kesempatan kuis sudah habis. Admin unit Anda dapat menambahnya."
            return Next("Baca pembahasan", Place.RESULT, note, chances.last_id)
        if chances.retry_at is not None:
            note = f"Anda dapat mencoba lagi {moment(chances.retry_at, self.now, self.zone)}."
            return Next("Berlatih sambil menunggu", Place.PRACTICE, note)
        note = f"Semua pelajaran selesai. Anda punya {chances.left} kesempatan."
        return Next("Kerjakan kuis akhir", Place.QUIZ, note)

    def _size(self) -> str:
        course = self.course
        size = f"{len(course.lessons)} pelajaran, {course.minutes} menit"
        return f"{size}, {course.jp} JP." if course.jp else f"{size}."
