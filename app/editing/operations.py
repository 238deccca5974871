"""Deeds on what strangers sent: send, count, attach, want, discard, forget.

Sending and counting are not recorded: the trail keeps the moment of every entry for ever, and a
question has only its day. What editors do is; their entries name a question by its id alone.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from app.agencies.models import Person
from app.audit import trail
from app.audit.actions import Action
from app.catalog.cases import Scenario
from app.catalog.model import Catalog
from app.core import clock
from app.core.dates import thousands
from app.core.db import at_most_one, changed, db, upsert
from app.core.errors import DomainError
from app.editing import settings
from app.editing.masking import MASK, masked, tidied
from app.editing.models import LONGEST, LONGEST_PHRASING, AnswerCount, Fate, SentQuestion

#: Questions that wait at most; who floods the desk from many networks fills no disk.
MOST_WAITING = 2_000
#: Letters below which nobody can tell what is asked.
FEWEST_LETTERS = 3


class TooLong(DomainError):
    def __init__(self, length: int | None = None) -> None:
        written = "jauh lebih panjang" if length is None else thousands(length)
        super().__init__(
            f"Pertanyaan paling panjang {LONGEST} karakter, sedangkan yang Anda tulis {written}. "
            "Tidak ada yang disimpan. Ringkaslah: apa yang hendak dilakukan, oleh siapa, dan kapan."
        )


class NothingAsked(DomainError):
    message = (
        "Belum ada pertanyaan yang dapat dibaca, jadi tidak ada yang disimpan. Tulislah dengan "
        "kata-kata, misalnya: bolehkah ikut jalan sehat yang diadakan calon?"
    )


class NotYetShown(DomainError):
    """What would be kept is not what was sent, so its sender has not seen it."""

    message = "Periksa dahulu apa yang akan disimpan. Belum ada yang dikirim."


class AlreadySent(DomainError):
    message = "Pertanyaan yang sama sudah kami terima hari ini."


class BoxFull(DomainError):
    message = (
        "Kotak pertanyaan sedang penuh, jadi pertanyaan ini tidak disimpan. Coba lagi lain hari, "
        "atau tanyakan BKPSDM Anda sebelum bertindak."
    )
    status, seconds = 503, 86_400


class AlreadyDealtWith(DomainError):
    message = "Pertanyaan ini baru saja diurus penyunting lain. Tidak ada yang berubah."


class AlreadyAsked(DomainError):
    message = (
        "Kasus itu sudah mengenal cara bertanya ini. Tidak ada yang berubah. Bila pencarian tetap "
        "tidak menemukannya, tulis dengan kata lain; bila sudah, hapus pertanyaannya."
    )


class PhrasingUnfit(DomainError):
    message = (
        f"Cara bertanya paling panjang {LONGEST_PHRASING} karakter, memuat kata, dan tidak memuat "
        f"nomor, alamat, atau bagian yang disamarkan ({MASK}). Tidak ada yang berubah."
    )


def shown(typed: str) -> str:
    """What would be kept of a question. Raises TooLong, NothingAsked."""
    text = tidied(typed)
    if len(text) > LONGEST:
        raise TooLong(len(text))
    text = masked(text)
    if not _has_words(text):
        raise NothingAsked
    return text


def send(text: str) -> SentQuestion:
    """Keep a question that its sender has seen as it is kept.

    Raises NotYetShown, AlreadySent, BoxFull, and what `shown` raises.
    """
    if shown(text) != text:
        raise NotYetShown
    forget_old()
    if (db.session.scalar(sa.select(sa.func.count(SentQuestion.id))) or 0) >= MOST_WAITING:
        raise BoxFull
    question = SentQuestion(text=text, sent_on=clock.today())
    with at_most_one(AlreadySent()):
        db.session.add(question)
    return question


def count_answer(scenario: Scenario, *, is_answered: bool) -> None:
    """One more who says that a case answers, or that it does not."""
    column = AnswerCount.answered if is_answered else AnswerCount.unanswered
    one = {"answered": int(is_answered), "unanswered": int(not is_answered)}
    db.session.execute(
        upsert(AnswerCount)
        .values(scenario_id=scenario.id, counted_on=clock.today(), **one)
        .on_conflict_do_update(
            index_elements=["scenario_id", "counted_on"], set_={column.key: column + 1}
        )
    )


def attach(question: SentQuestion, scenario: Scenario, phrasing: str, by: Person) -> None:
    """Make a question a phrasing of a case, in the next patch.

    Raises PhrasingUnfit, AlreadyAsked, AlreadyDealtWith.
    """
    words = tidied(phrasing)
    if len(words) > LONGEST_PHRASING or masked(words) != words or MASK in words:
        raise PhrasingUnfit
    if not _has_words(words):
        raise PhrasingUnfit
    if words.casefold() in {one.casefold() for one in scenario.asked_like}:
        raise AlreadyAsked
    _turn(question, Fate.ATTACHED, scenario_id=scenario.id, phrasing=words)
    trail.record(Action.QUESTION_ATTACHED, question, actor=by, case=scenario.id)


def want(question: SentQuestion, by: Person) -> None:
    """Mark a question as one that the bank should answer, and does not yet."""
    _turn(question, Fate.WANTED, scenario_id=None, phrasing=None)
    trail.record(Action.QUESTION_WANTED, question, actor=by)


def release(question: SentQuestion, by: Person) -> None:
    """Take a question back to those that wait."""
    _turn(question, Fate.OPEN, scenario_id=None, phrasing=None)
    trail.record(Action.QUESTION_RELEASED, question, actor=by)


def discard(questions: Iterable[SentQuestion], by: Person) -> int:
    """Forget questions at once. Gives how many; those that are gone already are not counted."""
    gone = 0
    for question in questions:
        name = trail.name_of(question)
        if changed(sa.delete(SentQuestion).where(SentQuestion.id == question.id)):
            trail.record(Action.QUESTION_DISCARDED, name, actor=by)
            gone += 1
    return gone


def forget_old() -> int:
    """Forget what is too old. Gives how many questions that were."""
    before = settings.gone_by()
    db.session.execute(sa.delete(AnswerCount).where(AnswerCount.counted_on <= before))
    return changed(sa.delete(SentQuestion).where(SentQuestion.sent_on <= before))


def forget_installed(catalog: Catalog) -> int:
    """Forget the questions that the content which runs has taken over. Gives how many."""
    attached = db.session.scalars(sa.select(SentQuestion).filter_by(fate=Fate.ATTACHED))
    done = [one.id for one in attached if is_installed(one, catalog)]
    if not done:
        return 0
    return changed(sa.delete(SentQuestion).where(SentQuestion.id.in_(done)))


def is_installed(question: SentQuestion, catalog: Catalog) -> bool:
    """Whether the content that runs knows the phrasing."""
    scenario = catalog.scenarios.get(question.scenario_id or "")
    return scenario is not None and question.phrasing in scenario.asked_like


def _turn(question: SentQuestion, fate: Fate, **columns: object) -> None:
    """From what its editor saw to what she decided. Raises AlreadyDealtWith."""
    seen, id = question.fate, question.id
    done = changed(
        sa.update(SentQuestion)
        .where(SentQuestion.id == id, SentQuestion.fate == seen)
        .values(fate=fate, **columns)
    )
    if done != 1:
        raise AlreadyDealtWith


def _has_words(text: str) -> bool:
    return sum(c.isalpha() for c in text.replace(MASK, "")) >= FEWEST_LETTERS
