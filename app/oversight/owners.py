"""Whose the rows are that the trail names: what people have, table by table."""

import sqlalchemy as sa

from app.accounts.models import Account
from app.agencies.models import Person
from app.credentials.models import Credential
from app.learning.models import Enrolment
from app.quizzes.models import Attempt

#: For each table its ids, each with its person's.
OWNERS: dict[str, sa.Select[tuple[int, int]]] = {
    "people": sa.select(Person.id, Person.id.label("owner_id")),
    "accounts": sa.select(Account.id, Account.person_id.label("owner_id")),
    "enrolments": sa.select(Enrolment.id, Enrolment.person_id.label("owner_id")),
    "credentials": sa.select(Credential.id, Credential.holder_id.label("owner_id")),
    "attempts": sa.select(Attempt.id, Enrolment.person_id.label("owner_id")).join(
        Enrolment, Enrolment.id == Attempt.enrolment_id
    ),
}
