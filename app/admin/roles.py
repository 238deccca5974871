"""/pegawai/…/peran, /pegawai/…/dua-langkah: what only whoever administers personnel does about one
person: give and take roles, take away a second factor that is lost."""

from datetime import date, timedelta

from flask import url_for
from flask.typing import ResponseReturnValue

from app.accounts import queries as accounts
from app.accounts import roles as deeds
from app.accounts import second_factor
from app.accounts.access import Role, current_person, current_scope, open_to
from app.accounts.models import Grant
from app.admin.desk import bp, must_be_below, zone
from app.admin.role_forms import GrantForm, ResetFactorForm, WithdrawForm
from app.agencies import queries as agencies
from app.agencies.models import Person
from app.core import clock
from app.core.dates import long_date
from app.core.forms import form_page, saying, text_of
from app.core.web import done


@bp.route("/pegawai/<int:person_id>/peran", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def roles(person_id: int) -> ResponseReturnValue:
    shown = _person_at(person_id)
    form = GrantForm(unit_id=shown.unit_id, until=_latest())
    form.unit_id.units = agencies.units_in(current_scope(Role.HR_ADMIN))
    if form.validate_on_submit():
        with saying(form):
            given = _give(shown, form)
            until = long_date(deeds.last_day(given))
            said = f"{shown.full_name} kini {deeds.LABELS[given.role].lower()} sampai {until}."
            return done(said, _url(shown))
    return form_page("admin/roles.html", form, person=shown, held=_held(shown), latest=_latest())


def _give(shown: Person, form: GrantForm) -> Grant:
    form.prove()
    unit = agencies.unit_in(current_scope(Role.HR_ADMIN), form.unit_id.chosen)
    me, why = current_person(), text_of(form.reason)
    return deeds.grant(shown, form.given, unit, me, reason=why, until=form.last)


def _held(shown: Person) -> list[dict[str, object]]:
    """Each role with its last day, who gave it, and whether this reader may take it."""
    me = current_person()
    return [
        {
            "grant": grant,
            "label": deeds.LABELS[grant.role],
            "until": deeds.last_day(grant),
            "is_mine_to_take": me.id != shown.id and deeds.may_be_given(me, grant.role, grant.unit),
        }
        for grant in accounts.grants_of(shown)
    ]


@bp.route("/pegawai/<int:person_id>/peran/<int:grant_id>/cabut", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def withdraw(person_id: int, grant_id: int) -> ResponseReturnValue:
    shown = _person_at(person_id)
    held, form = accounts.own_grant(shown, grant_id), WithdrawForm()
    label, unit = deeds.LABELS[held.role], held.unit
    if form.validate_on_submit():
        with saying(form):
            form.prove()
            deeds.withdraw(shown, held.role, unit, current_person())
            said = f"{shown.full_name} bukan lagi {label.lower()} di {unit.name}."
            return done(said, _url(shown))
    return form_page("admin/withdraw.html", form, person=shown, label=label, unit=unit)


@bp.route("/pegawai/<int:person_id>/dua-langkah", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def reset_factor(person_id: int) -> ResponseReturnValue:
    """For somebody who has lost the phone and the paper too."""
    shown, form = _person_at(person_id), ResetFactorForm()
    if form.validate_on_submit():
        with saying(form):
            form.prove()
            must_be_below(shown)
            second_factor.reset(shown, current_person())
            said = f"Verifikasi dua langkah {shown.full_name} dilepas."
            return done(said, url_for("admin.person", person_id=shown.id))
    return form_page("admin/reset_factor.html", form, person=shown)


def _person_at(person_id: int) -> Person:
    """Somebody whose personnel the reader administers; anybody else is 404."""
    return agencies.person_in(current_scope(Role.HR_ADMIN), person_id)


def _latest() -> date:
    return clock.today(zone()) + timedelta(days=deeds.LONGEST)


def _url(shown: Person) -> str:
    return url_for("admin.roles", person_id=shown.id)
