"""The shape of a session as its host fills it in."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs: WTForms 3.2
from wtforms.validators import InputRequired, Optional, ValidationError
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
from app.live.hosting_fields import (
    Line,
    day_field,
    number_field,
    radio_field,
    select_field,
    time_field,
)
from app.live.models import EventKind, Gives, LiveSession
from app.live.operations import SECONDS

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
#: From its start to its planned end. An end before the start is the next day's, so a slip of the
#: hand ("09.00 sampai 08.00") is a session of 23 hours, which nobody means.
LONGEST = timedelta(hours=12)
TOO_LONG = (
    "Periksa jamnya: satu sesi paling lama dua belas jam. Jam selesai yang lebih awal daripada jam "
    "mulai dibaca sebagai keesokan harinya."
)


class SessionForm(Form):
    """What a session is, when and for whom. `units` are those that it may belong to."""

    title = StringField(
        "Judul", validators=[InputRequired("Isi judulnya."), Line(120, "Isi judulnya.")]
    )
    kind = radio_field("Jenis kegiatan", KINDS, EventKind.SEMINAR)
    unit_id = SelectField(  # type: ignore[call-arg]  # the messages are new in WTForms 3.3
        "Untuk siapa", coerce=int, validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE, invalid_value_message=CHOOSE,
    )  # fmt: skip
    place = StringField("Tempat", validators=[Line(120)])
    day = day_field("Tanggal")
    starts = time_field("Mulai pukul")
    ends = time_field("Selesai pukul")
    seconds = number_field("Waktu menjawab (detik)", SECONDS[0], SECONDS[-1], 60)
    gives = radio_field("Yang diperoleh peserta", GIVES, Gives.ATTENDANCE)
    course = select_field("Kursus yang pelajarannya dihitung selesai")
    needed = number_field("Dihitung hadir bila menjawab paling sedikit", 1, MOST_QUESTIONS, 1)
    allows_guests = BooleanField("Tamu tanpa akun boleh ikut dengan nomor dari Anda")
    asks_sure = BooleanField("Tanyakan juga “yakin atau ragu?”")
    replay_until = day_field("Boleh dikerjakan sendiri sampai", must=False)
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
        day, times = self.day.data, self._times()
        if times and times[1] - times[0] > LONGEST:
            found.append(("ends", TOO_LONG))
        elif times and times[1] <= clock.now():
            found.append(("day", "Waktu itu sudah lewat. Pilih hari ini atau sesudahnya."))
        if self.gives.data == Gives.LESSONS and not self.course.data:
            found.append(("course", "Pilih kursusnya."))
        if day and self.replay_until.data and self.replay_until.data < day:
            found.append(("replay_until", "Pilih hari sesi itu atau sesudahnya."))
        if self.needs > self.asked:
            sentence = f"Pertanyaannya hanya {self.asked}, jadi tulis angka 1 sampai {self.asked}."
            found.append(("needed", sentence))
        return found

    def _times(self) -> tuple[datetime, datetime] | None:
        """From when to when; an hour that is not after the start is the next day's."""
        day, starts, ends = self.day.data, self.starts.data, self.ends.data
        if day is None or starts is None or ends is None:
            return None
        last = day + timedelta(days=ends <= starts)
        zone = ZoneInfo(self.zone)
        return datetime.combine(day, starts, zone), datetime.combine(last, ends, zone)

    @property
    def said(self) -> Said:
        """The session, once the form is valid."""
        times = self._times()
        assert times is not None, "a valid form has them"
        gives = Gives(self.gives.data)
        pairs = (line.partition(";")[::2] for line in self.lines)
        return Said(
            unit=self.units[self.unit_id.data],
            title=text_of(self.title),
            starts_at=times[0],
            ends_at=times[1],
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

    source = radio_field("Pertanyaan", SOURCES, "topik")
    topics = SelectMultipleField(  # type: ignore[call-arg]  # the message is new in WTForms 3.3
        "Topik",
        choices=[SelectChoice(topic.value, label) for topic, label in TOPICS.items()],
        validators=[Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        invalid_choice_message=CHOOSE,
    )
    phase = select_field(
        "Tahap",
        [SelectChoice("", "Semua tahap")]
        + [SelectChoice(one.value, PHASES[one]) for one in (Phase.BEFORE, Phase.AFTER)],
    )
    count = number_field("Banyaknya pertanyaan", 1, MOST_QUESTIONS, 10)

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
