"""The shape of a session as its host fills it in."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs: WTForms 3.2
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.agencies.models import Unit
from app.catalog.courses import Course
from app.catalog.labels import PHASES, TOPICS
from app.catalog.terms import Phase, Topic
from app.core import clock
from app.core.dates import local
from app.core.forms import CHOOSE, Form, text_of, tick
from app.core.texts import tidy
from app.live import queries
from app.live.arranging import MOST_QUESTIONS, Said
from app.live.choosing import Wish
from app.live.models import EventKind, Gives, LiveSession
from app.live.operations import SECONDS

#: What browsers send, then what people type where a browser knows no field for dates.
DAYS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
TIMES = ["%H:%M", "%H.%M"]
NO_DATE = "Tulis tanggal yang ada di kalender, misalnya 27-11-2026."
NO_TIME = "Tulis jam dan menitnya, misalnya 09.00."
NO_NUMBER = "Tulis dengan angka."
#: Two spaces that a list does not swallow.
INDENT = "\u00a0\u00a0"
KINDS = {
    EventKind.SEMINAR: "Seminar (webinar, kelas)",
    EventKind.SOCIALISATION: "Sosialisasi (apel, pengarahan, pertemuan desa)",
}
GIVES = {
    Gives.ATTENDANCE: "Kehadiran saja",
    Gives.CERTIFICATE: "Sertifikat kehadiran",
    Gives.LESSONS: "Pelajaran satu kursus dihitung selesai; kuis dan paktanya tetap dikerjakan",
}
SOURCES = {
    "topik": "Menurut topik",
    "keliru": "Yang paling sering keliru di instansi ini",
    "pendamping": "Dua belas kasus kursus Pendamping webinar",
}
MOST_SPEAKERS = 10


class Line:
    """One line of text: spaces brought in order; foul letters and overlong text refused, and
    spaces alone where `required` has the sentence about that."""

    def __init__(self, longest: int, required: str | None = None) -> None:
        self.longest, self.required = longest, required

    def __call__(self, _form: BaseForm, field: Field) -> None:
        field.data, wrong = tidy(field.data or "", field.label.text, self.longest)
        if wrong := wrong or (self.required if not field.data else None):
            raise ValidationError(wrong)


def _radio(label: str, words: Mapping[Any, str], default: str) -> RadioField:
    return RadioField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        choices=[SelectChoice(str(value), text) for value, text in words.items()],
        default=default,
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )


def _select(label: str, choices: Sequence[SelectChoice] = ()) -> SelectField:
    return SelectField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        choices=list(choices),
        validators=[Optional()],
        invalid_choice_message=CHOOSE,
    )


def _number(label: str, least: int, most: int, default: int) -> IntegerField:
    return IntegerField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        default=default,
        validators=[
            InputRequired(NO_NUMBER),
            NumberRange(least, most, f"Tulis angka {least} sampai {most}."),
        ],
        invalid_value_message=NO_NUMBER,
    )


def _day(label: str, *, must: bool = True) -> DateField:
    return DateField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        format=DAYS,
        validators=[InputRequired("Isi tanggalnya.") if must else Optional()],
        invalid_value_message=NO_DATE,
    )


def _time(label: str) -> TimeField:
    return TimeField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        label,
        format=TIMES,
        validators=[InputRequired("Isi jamnya.")],
        invalid_value_message=NO_TIME,
    )


class SessionForm(Form):
    """What a session is, when and for whom. `units` are those that it may belong to."""

    title = StringField(
        "Judul", validators=[InputRequired("Isi judulnya."), Line(120, "Isi judulnya.")]
    )
    kind = _radio("Jenis kegiatan", KINDS, EventKind.SEMINAR)
    unit_id = SelectField(  # type: ignore[call-arg]  # the messages are new in WTForms 3.3
        "Untuk siapa", coerce=int, validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE, invalid_value_message=CHOOSE,
    )  # fmt: skip
    place = StringField("Tempat", validators=[Line(120)])
    day = _day("Tanggal")
    starts = _time("Mulai pukul")
    ends = _time("Selesai pukul")
    seconds = _number("Waktu menjawab (detik)", SECONDS[0], SECONDS[-1], 60)
    gives = _radio("Yang diperoleh peserta", GIVES, Gives.ATTENDANCE)
    course = _select("Kursus yang pelajarannya dihitung selesai")
    needed = _number("Dihitung hadir bila menjawab paling sedikit", 1, MOST_QUESTIONS, 1)
    allows_guests = BooleanField("Tamu tanpa akun boleh ikut dengan nomor dari Anda")
    asks_sure = BooleanField("Tanyakan juga “yakin atau ragu?”")
    replay_until = _day("Boleh dikerjakan sendiri sampai", must=False)
    speakers = TextAreaField("Narasumber", validators=[Optional()])

    def __init__(
        self, units: Sequence[Unit], courses: Sequence[Course], zone: str, **settings: Any
    ) -> None:
        super().__init__(**settings)
        self.zone, self.units = zone, {unit.id: unit for unit in units}
        top = min((unit.path.count("/") for unit in units), default=0)
        self.unit_id.choices = [
            SelectChoice(unit.id, INDENT * (unit.path.count("/") - top) + unit.name)
            for unit in units
        ]
        self.course.choices = [SelectChoice("", "— pilih —")] + [
            SelectChoice(course.slug, course.title) for course in courses
        ]

    @property
    def asked(self) -> int:
        """How many questions there will be."""
        return MOST_QUESTIONS

    @property
    def needs(self) -> int:
        return self.needed.data or 1

    @property
    def lines(self) -> list[str]:
        return [line for line in text_of(self.speakers).splitlines() if line.strip()]

    def validate_speakers(self, field: TextAreaField) -> None:
        if len(self.lines) > MOST_SPEAKERS:
            raise ValidationError(
                f"Paling banyak {MOST_SPEAKERS} narasumber, satu pada tiap baris."
            )
        for line in self.lines:
            for part, label in zip(line.partition(";")[::2], ("nama", "lembaga"), strict=True):
                _, wrong = tidy(part, label, 120)
                if wrong:
                    raise ValidationError(wrong)
            if not tidy(line.partition(";")[0], "nama", 120)[0]:
                raise ValidationError("Tulis nama narasumber sebelum tanda titik koma.")

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        is_sound = super().validate(extra_validators)
        wrong = {name: said for name, said in self._mistakes() if not self[name].errors}
        for name, sentence in wrong.items():
            self[name].errors = [sentence]
        return is_sound and not wrong

    def _mistakes(self) -> list[tuple[str, str]]:
        """What fields say only together."""
        found = []
        day, starts, ends = self.day.data, self.starts.data, self.ends.data
        if starts and ends and ends <= starts:
            found.append(("ends", "Jam selesai harus sesudah jam mulai."))
        elif day and ends and self._at(day, ends) <= clock.now():
            found.append(("day", "Waktu itu sudah lewat. Pilih hari ini atau sesudahnya."))
        if self.gives.data == Gives.LESSONS and not self.course.data:
            found.append(("course", "Pilih kursusnya."))
        if day and self.replay_until.data and self.replay_until.data < day:
            found.append(("replay_until", "Pilih hari sesi itu atau sesudahnya."))
        if self.needs > self.asked:
            sentence = f"Pertanyaannya hanya {self.asked}, jadi tulis angka 1 sampai {self.asked}."
            found.append(("needed", sentence))
        return found

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, ZoneInfo(self.zone))

    @property
    def said(self) -> Said:
        """The session, once the form is valid."""
        day, starts, ends = self.day.data, self.starts.data, self.ends.data
        assert day is not None, "a valid form has it"
        assert starts is not None, "and this"
        assert ends is not None, "and this"
        gives = Gives(self.gives.data)
        pairs = (line.partition(";")[::2] for line in self.lines)
        return Said(
            unit=self.units[self.unit_id.data],
            title=text_of(self.title),
            starts_at=self._at(day, starts),
            ends_at=self._at(day, ends),
            kind=EventKind(self.kind.data),
            place=text_of(self.place),
            seconds=self.seconds.data or 60,
            gives=gives,
            needed=self.needs,
            course=self.course.data if gives is Gives.LESSONS else None,
            allows_guests=bool(self.allows_guests.data),
            asks_sure=bool(self.asks_sure.data),
            replay_until=self.replay_until.data,
            speakers=tuple((tidy(a, "", 120)[0], tidy(b, "", 120)[0]) for a, b in pairs),
        )


class NewSessionForm(SessionForm):
    """The same, and where its questions come from."""

    source = _radio("Pertanyaan", SOURCES, "topik")
    topics = SelectMultipleField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        "Topik",
        choices=[SelectChoice(topic.value, label) for topic, label in TOPICS.items()],
        validators=[Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        invalid_choice_message=CHOOSE,
    )
    phase = _select(
        "Tahap",
        [SelectChoice("", "Semua tahap")]
        + [SelectChoice(one.value, PHASES[one]) for one in (Phase.BEFORE, Phase.AFTER)],
    )
    count = _number("Banyaknya pertanyaan", 1, MOST_QUESTIONS, 10)

    @property
    def asked(self) -> int:
        return 12 if self.source.data == "pendamping" else self.count.data or 1

    @property
    def wish(self) -> Wish:
        topics = tuple(Topic(value) for value in self.topics.data or ())
        phase = Phase(self.phase.data) if self.phase.data else None
        return Wish(self.count.data or 1, topics, phase)


class ChangeSessionForm(SessionForm):
    """A session that is there, with `asked` questions."""

    def __init__(self, session: LiveSession, *choices: Any) -> None:
        self.count = len(queries.questions_of(session.id))
        super().__init__(*choices, data=_data_of(session))

    @property
    def asked(self) -> int:
        return self.count


def _data_of(session: LiveSession) -> dict[str, Any]:
    zone, speakers = session.agency.zone, queries.speakers_of(session.id)
    names = ("title", "unit_id", "place", "seconds", "needed", "course", "replay_until")
    given = {name: getattr(session, name) for name in (*names, "allows_guests", "asks_sure")}
    starts, ends = local(session.starts_at, zone), local(session.ends_at, zone)
    lines = (f"{one.name}; {one.affiliation}" if one.affiliation else one.name for one in speakers)
    return given | {
        "kind": session.kind.value,
        "gives": session.gives.value,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "speakers": "\n".join(lines),
    }


class DeleteForm(Form):
    sure = tick("Ya, hapus sesi ini.")
