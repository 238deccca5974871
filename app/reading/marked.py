"""YAML in which every value knows its line.

A small, strict part of YAML: no aliases, no tags, no duplicate keys, no guessing. `no` is a
word, `12:30` is a word; only null, true/false, whole numbers and ISO dates are anything else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Events that may carry a tag.
TAGGED = (yaml.ScalarEvent, yaml.CollectionStartEvent)
#: Nothing in content nests deeper; a deeper file is a mistake or an attack.
DEEPEST = 8

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


class Unreadable(Exception):
    """YAML that cannot be read at all."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Marked:
    """A value and its line. Mappings are dicts of Marked, sequences lists of Marked."""

    value: Any
    line: int


def read(text: str, first_line: int = 1) -> Marked:
    """The one document in `text`, whose first line is line `first_line` of its file."""
    reader = _Reader(first_line)
    try:
        events = yaml.parse(text, Loader=Loader)
        return reader.document(events)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise Unreadable(line, "Susunan YAML rusak mulai baris ini.") from None
    except yaml.YAMLError:
        raise Unreadable(first_line, "Berkas memuat karakter yang tidak boleh ada.") from None


class _Reader:
    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.depth = 0

    def document(self, events: Iterator[yaml.Event]) -> Marked:
        root = Marked(None, self.first_line)
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise Unreadable(self.line(event), "Hanya satu dokumen YAML dalam satu berkas.")
                root = self.value(next(events), events)
        return root

    def value(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Marked:
        self.refuse_tricks(event)
        if isinstance(event, yaml.ScalarEvent):
            return Marked(self.scalar(event), self.line(event))
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(self.line(event), f"Susunan lebih dalam dari {DEEPEST} tingkat.")
        inside = self.mapping if isinstance(event, yaml.MappingStartEvent) else self.sequence
        marked = Marked(inside(events), self.line(event))
        self.depth -= 1
        return marked

    def mapping(self, events: Iterator[yaml.Event]) -> dict[str, Marked]:
        found: dict[str, Marked] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            self.refuse_tricks(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise Unreadable(self.line(event), "Nama isian harus satu kata.")
            if event.value in found:
                raise Unreadable(self.line(event), f"Isian “{event.value}” ditulis dua kali.")
            value = self.value(next(events), events)
            is_scalar = not isinstance(value.value, dict | list)
            found[event.value] = value if is_scalar else Marked(value.value, self.line(event))
        return found

    def sequence(self, events: Iterator[yaml.Event]) -> list[Marked]:
        found = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.append(self.value(event, events))
        return found

    def refuse_tricks(self, event: yaml.Event) -> None:
        has_anchor = isinstance(event, yaml.NodeEvent) and event.anchor is not None
        if has_anchor or isinstance(event, yaml.AliasEvent):
            raise Unreadable(self.line(event), "Jangkar dan rujukan YAML (& dan *) tidak dipakai.")
        if isinstance(event, TAGGED) and event.tag is not None:
            raise Unreadable(self.line(event), "Penanda jenis YAML (!) tidak dipakai.")

    def scalar(self, event: yaml.ScalarEvent) -> str | int | bool | date | None:
        text = event.value
        if event.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DAY.fullmatch(text):
            return self.day(text, event)
        return text

    def day(self, text: str, event: yaml.Event) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Unreadable(self.line(event), f"Tanggal {text} tidak ada di kalender.") from None

    def line(self, event: yaml.Event) -> int:
        assert event.start_mark is not None, "a parser marks what it reads"
        return self.first_line + event.start_mark.line
