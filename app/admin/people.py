"""/pegawai: the list, one person, and the deeds on one person."""

from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import catalog
from app.accounts import operations as accounts
from app.accounts.access import Role, current_person, current_roles, open_to
from app.accounts.queries import grants_of
from app.accounts.roles import LABELS, last_day
from app.accounts.witness import saw_list
from app.admin import queries
from app.admin.desk import DESKS, bp, desk, must_be_below, person_at, zone
from app.admin.forms import (
    ChanceForm,
    ConfirmForm,
    CorrectForm,
    LeaveForm,
    MoveForm,
    NumberForm,
    PersonForm,
)
from app.admin.queries import Filters, State
from app.admin.unit_choice import suggestions
from app.agencies import moves, operations
from app.agencies import queries as agencies
from app.agencies.models import Person, Unit
from app.agencies.unit_names import doubt, labels_of, meant
from app.assignments import queries as assignments
from app.assignments.duties import leads_unit
from app.assignments.models import EXEMPTION_LABELS
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.dates import long_date
from app.core.errors import DomainError, NotFound
from app.core.forms import form_page, saying, text_of
from app.core.web import asked_number, back_with, done
from app.credentials import queries as credentials
from app.credentials.verification import standing
from app.learning import queries as learning
from app.quizzes import operations as quizzes
from app.quizzes import queries as attempts


class NotYourself(DomainError):
    message = "Anda tidak dapat menonaktifkan diri sendiri. Tidak ada yang berubah."


@bp.get("/pegawai")
@open_to(*DESKS)
def people() -> ResponseReturnValue:
    scope, last_id = desk(), asked_number("setelah")
    units = agencies.units_in(scope)
    filters, asked_doubt = _filters(units)
    last = agencies.person_in(scope, last_id) if last_id is not None else None
    found = queries.people_page(scope, filters, last)
    page = render_template(
        "admin/people.html",
        page=found,
        filters=filters,
        asked=_asked(filters),
        units=suggestions("unit-daftar", units),
        label=labels_of(units).get(filters.unit.id, "") if filters.unit else "",
        doubt=asked_doubt,
        is_first=last is None,
        may_import=Role.HR_ADMIN in current_roles(),
    )
    unit = filters.unit or queries.tops_of(scope)[0]
    saw_list("pegawai", f"units:{unit.id}", found.total)
    return page


def _filters(units: list[Unit]) -> tuple[Filters, str | None]:
    """What the address asks for, and what is asked back about a unit that is typed. Another desk's
    unit is 404; an unknown state is everybody."""
    unit_id, state = asked_number("unit"), request.args.get("akun", "")
    unit, said = (agencies.unit_in(desk(), unit_id) if unit_id else None), None
    if typed := request.args.get("di", "").strip()[:200]:
        found = meant(typed, units)
        unit, said = (found[0] if len(found) == 1 else None), doubt(found, units)
    filters = Filters(
        search=" ".join(request.args.get("cari", "")[:80].replace("\0", " ").split()),
        unit=unit,
        state=State(state) if state in {known.value for known in State} else None,
    )
    return filters, said


def _asked(filters: Filters) -> dict[str, object]:
    """The same, for the address of the next page."""
    return {
        "cari": filters.search or None,
        "unit": filters.unit.id if filters.unit else None,
        "akun": filters.state.value if filters.state else None,
    }


@bp.get("/pegawai/<int:person_id>")
@open_to(*DESKS)
def person(person_id: int) -> ResponseReturnValue:
    return _person_page(person_at(person_id), ChanceForm())


def _person_page(shown: Person, chance: ChanceForm) -> str:
    return render_template(
        "admin/person.html",
        person=shown,
        state=queries.states_of([shown])[shown.id],
        history=agencies.history_of(shown),
        planned=moves.planned_for(shown),
        numbers=agencies.numbers_of(shown),
        roles=[(LABELS[one.role], one.unit, last_day(one)) for one in grants_of(shown)],
        may_reset=queries.has_factor(shown),
        may_grant=Role.HR_ADMIN in current_roles() and shown.id != current_person().id,
        courses=_courses_of(shown),
        documents=[(one, standing(one)) for one in credentials.credentials_of(shown)],
        chance=chance,
        confirm=ConfirmForm(),
        zone=zone(),
        exemptions=assignments.exemptions_of(shown),
        exemption_labels=EXEMPTION_LABELS,
        leads=leads_unit(shown, clock.today(zone())),
    )


def _courses_of(shown: Person) -> list[dict[str, object]]:
    """Progress in each course for this person, and whether all tries at its quiz are used up."""
    found = []
    for course in learning.courses_for(shown, catalog.current().courses.values()):
        progress = learning.progress_of(shown, course)
        enrolment = learning.enrolment_of(shown, course)
        is_stuck = (
            enrolment is not None
            and not progress.has_passed
            and attempts.chances_of(enrolment, course).is_exhausted
        )
        found.append({"course": course, "progress": progress, "is_stuck": is_stuck})
    return found


@bp.route("/pegawai/baru", methods=["GET", "POST"])
@open_to(*DESKS)
def add() -> ResponseReturnValue:
    scope, doubts = desk(), []
    form = PersonForm(unit_id=request.args.get("unit", type=int))
    form.unit_id.units = agencies.units_in(scope)
    if form.validate_on_submit() and not (doubts := form.doubts(clock.today(zone()))):
        with saying(form):
            unit = agencies.unit_in(scope, form.unit_id.chosen)
            new = operations.add_person(unit, form.digits, form.details, current_person())
            return done(f"{new.full_name} tercatat di {unit.name}.", _url(new))
    return form_page("admin/add.html", form, doubts=doubts)


@bp.route("/pegawai/<int:person_id>/ubah", methods=["GET", "POST"])
@open_to(*DESKS)
def correct(person_id: int) -> ResponseReturnValue:
    shown = person_at(person_id)
    form = CorrectForm(obj=shown)
    if form.validate_on_submit():
        with saying(form):
            must_be_below(shown)
            is_new = operations.correct_person(
                shown, form.details, current_person(), since=form.since.data
            )
            return done("Perubahan disimpan." if is_new else "Tidak ada yang baru.", _url(shown))
    return form_page("admin/correct.html", form, person=shown)


@bp.route("/pegawai/<int:person_id>/pindah", methods=["GET", "POST"])
@open_to(*DESKS)
def move(person_id: int) -> ResponseReturnValue:
    shown, scope = person_at(person_id), desk()
    today = clock.today(zone())
    form = MoveForm(position=shown.position, unit_id=shown.unit_id, since=today)
    form.unit_id.units = agencies.units_in(scope)
    if form.validate_on_submit():
        with saying(form):
            must_be_below(shown)
            unit, since = agencies.unit_in(scope, form.unit_id.chosen), form.since.data
            position, by = form.position.data, current_person()
            moves.move_person(shown, unit, by, position=position, since=since)
            return done(_moved(shown, unit, since), _url(shown))
    return form_page("admin/move.html", form, person=shown)


def _moved(shown: Person, unit: Unit, since: date | None) -> str:
    if shown.unit_id == unit.id:
        return f"{shown.full_name} kini tercatat di {unit.name}."
    assert since is not None, "a move without a day holds today"
    return f"{shown.full_name} pindah ke {unit.name} pada {long_date(since)}; rencananya tercatat."


@bp.post("/pegawai/<int:person_id>/rencana/batal")
@open_to(*DESKS)
def drop_plan(person_id: int) -> ResponseReturnValue:
    shown, form = person_at(person_id), ConfirmForm()
    if form.validate_on_submit():
        try:
            must_be_below(shown)
            moves.drop_plan(shown, current_person())
        except DomainError as error:
            return back_with(error, _url(shown))
    return done("Rencana pindah dibatalkan.", _url(shown))


@bp.route("/pegawai/<int:person_id>/nomor", methods=["GET", "POST"])
@open_to(*DESKS)
def renumber(person_id: int) -> ResponseReturnValue:
    shown, doubts = person_at(person_id), []
    form = NumberForm(status=shown.status.value)
    if form.validate_on_submit() and not (doubts := form.doubts(clock.today(zone()))):
        with saying(form):
            must_be_below(shown)
            status = PersonStatus(form.status.data)
            operations.change_number(shown, form.digits, current_person(), status=status)
            return done("Nomor diganti; nomor lama tetap dalam riwayat.", _url(shown))
    return form_page("admin/renumber.html", form, person=shown, doubts=doubts)


@bp.route("/pegawai/<int:person_id>/nonaktif", methods=["GET", "POST"])
@open_to(*DESKS)
def leave(person_id: int) -> ResponseReturnValue:
    shown, form = person_at(person_id), LeaveForm()
    if form.validate_on_submit():
        with saying(form):
            if shown.id == current_person().id:
                raise NotYourself
            must_be_below(shown)
            accounts.let_leave(shown, form.reason.data, current_person())
            return done(f"{shown.full_name} nonaktif dan tidak dapat masuk lagi.", _url(shown))
    return form_page("admin/leave.html", form, person=shown)


@bp.route("/pegawai/<int:person_id>/aktif", methods=["GET", "POST"])
@open_to(*DESKS)
def come_back(person_id: int) -> ResponseReturnValue:
    shown, form = person_at(person_id), ConfirmForm()
    if form.validate_on_submit():
        with saying(form):
            must_be_below(shown)
            accounts.let_return(shown, current_person())
            return done(f"{shown.full_name} aktif kembali.", _url(shown))
    return form_page("admin/come_back.html", form, person=shown)


@bp.post("/pegawai/<int:person_id>/kesempatan")
@open_to(*DESKS)
def grant_chance(person_id: int) -> ResponseReturnValue:
    shown, form = person_at(person_id), ChanceForm()
    course = catalog.current().courses.get(form.course.data or "")
    enrolment = learning.enrolment_of(shown, course) if course else None
    if form.validate_on_submit():
        with saying(form):
            if course is None or enrolment is None:
                raise NotFound
            quizzes.grant_extra(enrolment, course, current_person(), text_of(form.reason))
            return done("Satu kesempatan kuis ditambahkan.", _url(shown))
    return _person_page(shown, form), 422


def _url(shown: Person) -> str:
    return url_for("admin.person", person_id=shown.id)
