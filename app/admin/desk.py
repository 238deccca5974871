"""What every page of the desk rests on: whose desk it is, and whose person."""

from flask import Blueprint, current_app, url_for

from app.accounts import activation
from app.accounts.access import Role, current_person, current_scope
from app.accounts.queries import grants_of
from app.agencies import queries as agencies
from app.agencies.models import Person
from app.agencies.scope import Scope
from app.core.errors import DomainError

bp = Blueprint("admin", __name__)

DESKS = (Role.UNIT_ADMIN, Role.HR_ADMIN)


class NotYours(DomainError):
    message = (
        "Orang ini memegang peran pengelola, jadi perubahan ini dilakukan oleh admin kepegawaian "
        "instansi. Tidak ada yang berubah."
    )


def desk() -> Scope:
    """The part of the tree that the signed-in person looks after."""
    return current_scope(*DESKS)


def zone() -> str:
    return current_person().agency.zone


def activation_address() -> str:
    return f"{current_app.config['RAMBU'].PUBLIC_URL}{url_for('accounts.activate')}"


def person_at(person_id: int) -> Person:
    """Somebody of this desk; anybody else is 404."""
    return agencies.person_in(desk(), person_id)


def must_be_below(person: Person) -> None:
    """Raise NotYours for somebody with a role, unless this desk administers that role.

    Else a unit's admin could take the HR admin's number, code or place.
    """
    if not activation.may_hand_to(current_person(), grants_of(person)):
        raise NotYours
