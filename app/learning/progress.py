"""How far somebody has come, in words and in figures: status only, never an answer. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """One person in one edition of a course. Without an enrolment every moment is None."""

    course: str
    edition: str
    lessons_done: int
    lessons_total: int
    started_at: datetime | None = None
    learned_at: datetime | None = None
    passed_at: datetime | None = None
    signed_at: datetime | None = None
    score_percent: int | None = None

    @property
    def has_started(self) -> bool:
        return self.started_at is not None

    @property
    def has_learned(self) -> bool:
        return self.learned_at is not None

    @property
    def has_passed(self) -> bool:
        return self.passed_at is not None

    @property
    def has_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def label(self) -> str:
        if self.has_signed:
            return "Sudah menandatangani"
        if self.has_passed:
            return "Lulus, belum menandatangani"
        if self.has_learned:
            return "Selesai belajar, belum lulus"
        return "Sedang belajar" if self.has_started else "Belum mulai"

    @property
    def percent(self) -> int:
        """Share of the way: every lesson, the quiz and the pledge are one stretch each."""
        if self.has_signed:
            return 100
        lessons = self.lessons_total if self.has_learned else self.lessons_done
        return (lessons + self.has_passed) * 100 // (self.lessons_total + 2)


@dataclass(frozen=True, slots=True)
class Answer:
    """A judgement that is locked."""

    choice: str
    is_right: bool
    is_locked = True


@dataclass(frozen=True, slots=True)
class Visit:
    """One person in one lesson. `answers` are the locked ones, by the key of the case."""

    enrolment_id: int
    is_done: bool
    #: Whether that it was opened has been noted.
    is_opened: bool
    answers: dict[str, Answer]
