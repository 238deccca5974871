"""From a file of questions to draft files: all or nothing, and never over something that is there.

The drafts are laid out beside the content that they cite and read by the content's own checker
before the first byte is written, since a draft with an error would keep Rambu from starting.
"""

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from app.catalog.terms import Topic
from app.reading.loader import report
from app.reading.mistakes import Severity
from app.workshop.exchange import foreign, gift, leftovers, moodle_xml, own
from app.workshop.exchange.drafts import Draft
from app.workshop.exchange.names import numbered
from app.workshop.exchange.questions import (
    LARGEST_FILE,
    BadFile,
    BadQuestion,
    Bank,
    Format,
    Question,
    Trouble,
)

_READERS = {Format.GIFT: gift.read, Format.MOODLE_XML: moodle_xml.read}


@dataclass(frozen=True, slots=True)
class Intake:
    """What a file gives: drafts, what was left out and what is wrong. With one trouble nothing may
    be written."""

    drafts: tuple[Draft, ...]
    skipped: tuple[Trouble, ...]
    troubles: tuple[Trouble, ...]
    notes: tuple[Trouble, ...] = ()


def read_file(path: Path, format: Format | None = None) -> Bank:
    """The questions of a file; its format by its beginning unless given. Raises BadFile."""
    try:
        if not path.is_file():
            raise BadFile(f"Berkas {path} tidak ditemukan.")
        if path.stat().st_size > LARGEST_FILE:
            raise BadFile(f"Berkas lebih besar dari {LARGEST_FILE // 1_000_000} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(f"Berkas {path} tidak dapat dibaca: {error.strerror}.") from None
    return read(data, format)


def read(data: bytes, format: Format | None = None) -> Bank:
    """Raises BadFile."""
    if not data.strip():
        raise BadFile("Berkas kosong.")
    bank = _READERS[format or _format_of(data)](data)
    if not bank.size:
        raise BadFile("Berkas ini tidak memuat satu soal pun.")
    return bank


def _format_of(data: bytes) -> Format:
    """XML begins like XML, in whatever encoding."""
    beginning = data[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    is_xml = beginning.startswith(b"<?xml") or b"<quiz" in beginning
    return Format.MOODLE_XML if is_xml else Format.GIFT


def prepare(
    bank: Bank, into: Path, law: Path, topic: Topic | None = None, site: str = ""
) -> Intake:
    """Drafts for the content folder `into`, checked against the regulations of `law`."""
    found = _Sorted(topic, site)
    for question in bank.questions:
        found.take(question)
    drafts = found.drafts()
    troubles = [*found.troubles, *bank.troubles, *_clashes(drafts, into), *_mistakes(drafts, law)]
    return Intake(
        tuple(drafts),
        tuple(bank.skipped),
        tuple(sorted(set(troubles))),
        tuple(sorted({*bank.notes, *found.notes})),
    )


class _Sorted:
    """Questions by whose they are, with what is wrong with them and what is left out."""

    def __init__(self, topic: Topic | None, site: str) -> None:
        self.topic, self.site = topic, site
        self.foreign: list[Draft] = []
        self.phases: dict[str, list[Draft]] = defaultdict(list)
        self.broken: set[str] = set()
        self.troubles: list[Trouble] = []
        self.notes: list[Trouble] = []

    def take(self, question: Question) -> None:
        try:
            if own.is_own(question):
                draft = own.read(question, self.site)
                self.phases[own.scenario_of(question)].append(draft)
                self.note(question, own.left_out(question))
            else:
                self.foreign.append(foreign.read(question, self.topic, self.site))
                self.note(question, leftovers.of(question))
        except BadQuestion as damage:
            self.troubles.append(Trouble(question.place, str(damage)))
            self.broken.add(own.scenario_of(question))

    def note(self, question: Question, sentences: Iterable[str]) -> None:
        self.notes += [Trouble(question.place, sentence) for sentence in sentences]

    def drafts(self) -> list[Draft]:
        """Our own under their own names; twins among the others are numbered."""
        found = []
        for id in self.phases.keys() - self.broken:
            draft, apart = own.merge(self.phases[id])
            self.troubles += apart
            found += [draft] if draft else []
        taken = set(self.phases)
        for draft in sorted(self.foreign, key=lambda draft: draft.places):
            id = numbered(draft.id, taken)
            if id != draft.id:
                sentence = f"nama “{draft.id}” sudah dipakai soal lain; disimpan sebagai “{id}”."
                self.notes.append(Trouble(draft.places[0], sentence))
            taken.add(id)
            found.append(replace(draft, id=id))
        return sorted(found, key=lambda draft: draft.places)


def _clashes(drafts: Iterable[Draft], into: Path) -> Iterator[Trouble]:
    """Names that a file already has."""
    there = {path.stem: path for path in sorted((into / "scenarios").glob("*/*.md"))}
    for draft in drafts:
        if path := there.get(draft.id):
            yield Trouble(
                draft.places[0],
                f"kasus “{draft.id}” sudah ada sebagai {path} dan tidak ditimpa; pakai folder lain "
                "(--into).",
            )


def _mistakes(drafts: list[Draft], law: Path) -> Iterator[Trouble]:
    """What the checker of content says about the drafts, as if they stood among `law`."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "content"
        shutil.copytree(law, root, ignore=shutil.ignore_patterns("scenarios"), symlinks=True)
        laid = {}
        for draft in drafts:
            try:
                laid[str(_lay(draft, root))] = draft
            except UnicodeEncodeError:
                yield Trouble(draft.places[0], "teksnya memuat huruf yang rusak.")
        for mistake in report(root).mistakes:
            if mistake.severity is Severity.ERROR and (wrong := laid.get(mistake.path)):
                line = wrong.text.split("\n")[mistake.line - 1 : mistake.line]
                near = f" (“{line[0].strip()[:60]}”)" if line and line[0].strip(" -") else ""
                yield Trouble(wrong.places[0], f"{mistake.message}{near}")


def _lay(draft: Draft, root: Path) -> Path:
    path = root / draft.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(draft.text.encode())
    return path


def write(drafts: Iterable[Draft], into: Path) -> list[Path]:
    """Write every draft, or none. Raises BadFile."""
    written: list[Path] = []
    try:
        with ExitStack() as undo:
            for draft in drafts:
                path = into / draft.path
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as target:
                    undo.callback(path.unlink, missing_ok=True)
                    written.append(path)
                    target.write(draft.text.encode())
            undo.pop_all()
    except OSError as error:
        raise BadFile(
            f"{error.filename} tidak dapat ditulis ({error.strerror}); tidak ada yang disimpan."
        ) from None
    return written
