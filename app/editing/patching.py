"""Phrasings as a patch for content/: a unified diff that `git apply` and `patch -p1` take.

Computed against the content that runs. Each file is read, changed where the list of phrasings
ends, and read again by the checker's own eyes: what would not come back as meant is refused.
"""

import difflib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import yaml

from app.catalog.cases import Scenario
from app.catalog.model import Catalog
from app.editing.models import Addition
from app.reading import pages
from app.reading.files import LARGEST, Sort, SourceFile
from app.reading.fingerprints import of_content
from app.reading.scalars import scalar

#: Columns of a line of content.
WIDTH = 110
GONE = "kasus ini tidak ada lagi dalam isi yang dijalankan server"
CHANGED = (
    "berkasnya di server sudah berbeda dari isi yang dijalankan; nyalakan ulang server, lalu unduh "
    "sekali lagi"
)
KNOWN = "kasusnya sudah mengenal cara bertanya ini"
UNFIT = "berkasnya tidak terbaca lagi bila kalimat ini ditambahkan; tambahkan dengan tangan"


class Refused(Exception):
    """A phrasing that goes into no patch, with the words that say why."""


@dataclass(frozen=True, slots=True)
class Patch:
    #: Empty when nothing could be added.
    diff: str
    #: The content that it was computed against.
    fingerprint: str
    phrasings: int
    #: What is not in it, with the reason.
    refused: tuple[tuple[Addition, str], ...]


def patch(root: Path, catalog: Catalog, additions: Iterable[Addition]) -> Patch:
    """One patch for everything that can be added to the content at `root`."""
    ordered = sorted(additions, key=lambda one: (one.scenario_id, one.phrasing))
    diffs, refused, count = [], [], 0
    for scenario_id, group in groupby(ordered, lambda one: one.scenario_id):
        wanted = list(group)
        try:
            file, scenario = _file(root, catalog, scenario_id)
            new, known = _split(wanted, scenario)
            refused += [(one, KNOWN) for one in known]
            if new:
                diffs.append(_diff(file, _changed(file, scenario, new)))
                count += len(new)
        except Refused as reason:
            refused += [(one, str(reason)) for one in wanted]
    return Patch("".join(diffs), of_content(root).hex()[:12], count, tuple(refused))


def _split(wanted: Iterable[Addition], scenario: Scenario) -> tuple[list[str], list[Addition]]:
    """The phrasings that a case does not know, each once, and the additions that bring none."""
    new: list[str] = []
    known = []
    for one in wanted:
        if one.phrasing in (*scenario.asked_like, *new):
            known.append(one)
        else:
            new.append(one.phrasing)
    return new, known


def _file(root: Path, catalog: Catalog, scenario_id: str) -> tuple[SourceFile, Scenario]:
    """The file of a case that runs, as it is on disk. Raises Refused where that differs."""
    scenario = catalog.scenarios.get(scenario_id)
    if scenario is None:
        raise Refused(GONE)
    place = Path("scenarios", scenario.topic.value, f"{scenario.id}.md")
    path = root / place
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(CHANGED)
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(CHANGED) from error
    file = SourceFile(str(path), Sort.SCENARIO, place, text)
    if _said(file) != (scenario.question, scenario.asked_like):
        raise Refused(CHANGED)
    return file, scenario


def _said(file: SourceFile) -> tuple[str, tuple[str, ...]] | None:
    """The question and the phrasings of a file; None for one of a wrong shape."""
    plain = file.text.removeprefix("\ufeff").replace("\r\n", "\n")
    page = pages.read(SourceFile(file.path, file.sort, file.place, plain))
    if list(page.mistakes()):
        return None
    return page.row["question"], tuple(page.row["asked_like"])


def _changed(file: SourceFile, scenario: Scenario, new: Sequence[str]) -> str:
    """The text of a file with more phrasings. Raises Refused."""
    text = with_phrasings(file.text, new)
    after = SourceFile(file.path, file.sort, file.place, text)
    if _said(after) != (scenario.question, (*scenario.asked_like, *new)):
        raise Refused(UNFIT)
    return text


def with_phrasings(text: str, new: Sequence[str]) -> str:
    """Add to the list `asked_like` of a scenario's front matter, in the way that it is written."""
    start = text.index("---") + 3
    front = text[start : text.index("\n---", start)]
    written = _asked_like(front)
    end = start + written.end_mark.index
    if written.flow_style:
        before = text[: end - 1].rstrip()
        return f"{_flowing(before, new)}{text[end - 1 :]}"
    last = text.index("\n", start + written.value[-1].end_mark.index)
    newline = "\r\n" if text[last - 1] == "\r" else "\n"
    indent = " " * written.start_mark.column
    lines = "".join(f"{newline}{indent}- {scalar(one)}" for one in new)
    place = last - (newline == "\r\n")
    return f"{text[:place]}{lines}{text[place:]}"


def _asked_like(front: str) -> yaml.SequenceNode:
    """Where the phrasings stand. Raises Refused."""
    mapping = yaml.compose(front, Loader=yaml.SafeLoader)
    if isinstance(mapping, yaml.MappingNode):
        for key, value in mapping.value:
            if key.value == "asked_like" and isinstance(value, yaml.SequenceNode) and value.value:
                return value
    raise Refused(UNFIT)


def _flowing(before: str, new: Iterable[str]) -> str:
    """Items of a list in brackets, with a new line where one would grow too long."""
    text = before.removesuffix(",")
    for one in new:
        word = scalar(one)
        is_full = len(text.rpartition("\n")[2]) + len(word) + 3 > WIDTH
        text += f",\n  {word}" if is_full else f", {word}"
    return text


def _diff(file: SourceFile, after: str) -> str:
    name = f"content/{file.place.as_posix()}"
    lines = difflib.unified_diff(_lines(file.text), _lines(after), f"a/{name}", f"b/{name}")
    head = f"diff --git a/{name} b/{name}\nindex {_blob(file.text)}..{_blob(after)} 100644\n"
    return head + "".join(_ended(lines))


def _lines(text: str) -> list[str]:
    """With their ends. Not `splitlines`: git knows no line end but this one."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [text.rpartition("\n")[2]] * (
        not text.endswith("\n")
    )


def _ended(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _blob(text: str) -> str:
    """The name that git gives to such a file: with it, `git apply --3way` finds its way."""
    content = text.encode()
    return hashlib.sha1(b"blob %d\0%s" % (len(content), content), usedforsecurity=False).hexdigest()
