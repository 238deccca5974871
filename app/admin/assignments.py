"""/penugasan: who must do what by when, and who need not."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs: WTForms 3.2

from app import catalog
from app.accounts.access import current_person, open_to
from app.accounts.witness import saw_list
from app.admin.assignment_forms import EndForm, ExemptionForm, NewForm, WishForm, shown
from app.admin.desk import DESKS, bp, desk, must_be_below, person_at, zone
from app.admin.forms import ConfirmForm
from app.agencies import queries as agencies
from app.agencies.models import Unit
from app.assignments import operations
from app.assignments import queries as assignments
from app.assignments.models import EXEMPTION_LABELS, Assignment
from app.assignments.words import whom
from app.catalog.model import Course
from app.core import clock
from app.core.dates import thousands
from app.core.errors import NotFound
from app.core.forms import form_page, saying
from app.core.web import done


@bp.get("/penugasan")
@open_to(*DESKS)
def assigned() -> ResponseReturnValue:
    scope, today = desk(), clock.today(zone())
    found = assignments.assignments_touching(scope, ended=True)
    running = [one for one in found if not one.is_ended]
    return render_template(
        "admin/assignments.html",
        running=running,
        ended=[one for one in found if one.is_ended],
        counts=assignments.counts_of_all(running, today, scope),
        changeable={one.id for one in found if scope.covers(one.unit)},
        courses=catalog.current().courses,
        today=today,
        whom=whom,
    )


@bp.route("/penugasan/baru", methods=["GET", "POST"])
@open_to(*DESKS)
def assign() -> ResponseReturnValue:
    form = NewForm(opens_on=clock.today(zone()), course=request.args.get("kursus"))
    courses = catalog.current().courses
    form.course.choices = [SelectChoice("", "— pilih —")] + [
        SelectChoice(one.slug, one.title) for one in courses.values()
    ]
    form.unit_id.units = agencies.units_in(desk())
    if form.validate_on_submit():
        unit, course = agencies.unit_in(desk(), form.unit_id.chosen), courses[form.course.data]
        with saying(form):
            return _previewed(form, course, unit)
    return _form(form)


@bp.route("/penugasan/<int:assignment_id>/ubah", methods=["GET", "POST"])
@open_to(*DESKS)
def change_assignment(assignment_id: int) -> ResponseReturnValue:
    assignment = assignments.assignment_in(desk(), assignment_id)
    form, course = WishForm(**shown(assignment)), catalog.current().course(assignment.course)
    if form.validate_on_submit():
        with saying(form):
            return _previewed(form, course, assignment.unit, assignment)
    return _form(form, assignment)


@bp.route("/penugasan/<int:assignment_id>/akhiri", methods=["GET", "POST"])
@open_to(*DESKS)
def end_assignment(assignment_id: int) -> ResponseReturnValue:
    assignment, form = assignments.assignment_in(desk(), assignment_id), EndForm()
    if form.validate_on_submit():
        with saying(form):
            operations.end(assignment, current_person())
            return done("Penugasan diakhiri.", url_for("admin.assigned"))
    return form_page(
        "admin/assignment_end.html", form, assignment=assignment, title=_title(assignment)
    )


@bp.get("/penugasan/pengecualian")
@open_to(*DESKS)
def exemptions() -> ResponseReturnValue:
    found = assignments.exemptions_in(desk())
    page = render_template(
        "admin/exemptions.html",
        exemptions=found,
        labels=EXEMPTION_LABELS,
        titles={one.slug: one.title for one in catalog.current().courses.values()},
        confirm=ConfirmForm(),
        today=clock.today(zone()),
    )
    if found:
        saw_list("pengecualian", f"people:{current_person().id}", len(found))
    return page


@bp.route("/pegawai/<int:person_id>/pengecualian", methods=["GET", "POST"])
@open_to(*DESKS)
def exempt(person_id: int) -> ResponseReturnValue:
    person, form = person_at(person_id), ExemptionForm(since=clock.today(zone()))
    choices = assignments.assignments_in(desk())
    form.assignment_id.choices = [SelectChoice(0, "Semua penugasan")] + [
        SelectChoice(one.id, f"{_title(one)}, {one.unit.name}") for one in choices
    ]
    if form.validate_on_submit():
        with saying(form):
            must_be_below(person)
            chosen = next((one for one in choices if one.id == form.assignment_id.data), None)
            operations.exempt(person, form.asked(chosen), current_person())
            return done("Pengecualian dicatat.", url_for("admin.person", person_id=person.id))
    return form_page("admin/exempt.html", form, person=person)


@bp.post("/penugasan/pengecualian/<int:exemption_id>/cabut")
@open_to(*DESKS)
def withdraw_exemption(exemption_id: int) -> ResponseReturnValue:
    form, back = ConfirmForm(), url_for("admin.exemptions")
    exemption = assignments.exemption_in(desk(), exemption_id)
    if not form.validate_on_submit():
        raise NotFound
    operations.withdraw(exemption, current_person())
    return done("Pengecualian dicabut; orang ini ditugasi lagi.", back)


@bp.post("/pegawai/<int:person_id>/pimpinan")
@open_to(*DESKS)
def name_head(person_id: int) -> ResponseReturnValue:
    person, form = person_at(person_id), ConfirmForm()
    if not form.validate_on_submit():
        raise NotFound
    operations.name_head(person.unit, person, current_person())
    told = f"{person.full_name} tercatat sebagai pimpinan {person.unit.name}."
    return done(told, url_for("admin.person", person_id=person.id))


def _previewed(
    form: WishForm, course: Course, unit: Unit, assignment: Assignment | None = None
) -> ResponseReturnValue:
    """How many people it means; once a desk has seen that, the deed. Raises what forbids it."""
    wish, by = form.wish(course), current_person()
    count = operations.check(course, unit, wish)
    if not form.is_confirmed(count):
        return _form(form, assignment, preview=count, unit=unit, course=course)
    if assignment is None:
        operations.assign(course, unit, wish, by)
    else:
        operations.change(assignment, course, wish, by)
    told = f"Penugasan tersimpan: berlaku bagi {thousands(count)} orang."
    return done(told, url_for("admin.assigned"))


def _form(
    form: WishForm, assignment: Assignment | None = None, **preview: object
) -> ResponseReturnValue:
    if preview:
        form.seen.data = str(preview["preview"])  # what the next press confirms
        preview["warnings"] = form.warnings(clock.today(zone()))
    title = _title(assignment) if assignment else None
    page, status = form_page(
        "admin/assignment_edit.html", form, assignment=assignment, title=title, **preview
    )
    return page, 200 if preview else status


def _title(assignment: Assignment) -> str:
    """The course's title, or its slug where it is taught no longer."""
    course = catalog.current().courses.get(assignment.course)
    return course.title if course else assignment.course
