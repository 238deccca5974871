"""From a file of questions to draft files: all or nothing, and never over something that is there.

The drafts are laid out beside the content that they cite and read by the content's own checker
before the first byte is written, since a draft with an error would keep Rambu from starting.
"""

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from app.catalog.terms import Topic
from app.reading.loader import report
from app.reading.mistakes import Severity
from app.workshop.exchange import foreign, gift, moodle_xml, own
from app.workshop.exchange.drafts import Draft
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
    """What a file gives: drafts and what is wrong. With one trouble nothing may be written."""

    drafts: tuple[Draft, ...]
    skipped: tuple[Trouble, ...]
    troubles: tuple[Trouble, ...]


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
    is_xml = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") or b"<quiz" in data[:1000]
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return Format.MOODLE_XML if is_xml or is_wide else Format.GIFT


def prepare(
    bank: Bank, into: Path, law: Path, topic: Topic | None = None, site: str = ""
) -> Intake:
    """Drafts for the content folder `into`, checked against the regulations of `law`."""
    drafts, troubles = _drafts(bank.questions, topic, site)
    troubles += [*bank.troubles, *_clashes(drafts, into), *_mistakes(drafts, law)]
    return Intake(tuple(drafts), tuple(bank.skipped), tuple(sorted(set(troubles))))


def _drafts(
    questions: Iterable[Question], topic: Topic | None, site: str
) -> tuple[list[Draft], list[Trouble]]:
    found: list[Draft] = []
    troubles: list[Trouble] = []
    phases: dict[str, list[Draft]] = defaultdict(list)
    broken: set[str] = set()
    for question in questions:
        try:
            if own.is_own(question):
                phases[own.scenario_of(question)].append(own.read(question, site))
            else:
                found.append(foreign.read(question, topic, site))
        except BadQuestion as damage:
            troubles.append(Trouble(question.place, str(damage)))
            broken.add(own.scenario_of(question))
    for id in phases.keys() - broken:
        draft, apart = own.merge(phases[id])
        troubles += apart
        found += [draft] if draft else []
    found.sort(key=lambda draft: draft.places)
    return found, troubles


def _clashes(drafts: Iterable[Draft], into: Path) -> Iterator[Trouble]:
    """Names that are taken, by a file that is there or by another question."""
    taken: dict[str, str] = {}
    for path in sorted((into / "scenarios").glob("*/*.md")):
        taken[path.stem] = (
            f"sudah ada sebagai {path} dan tidak ditimpa; pakai folder lain (--into)."
        )
    for draft in drafts:
        place = draft.places[0]
        if draft.id in taken:
            yield Trouble(place, f"kasus “{draft.id}” {taken[draft.id]}")
        taken.setdefault(draft.id, f"sudah dipakai oleh {place}; beri nama lain.")


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
