"""The worker's part of a document: render, seal and keep its file."""

from flask import current_app

from app.audit import trail
from app.credentials import operations, queries
from app.credentials.models import Credential
from app.jobs import operations as jobs
from app.jobs.deeds import Deed, Work
from app.jobs.models import Job

KIND = "credentials.print"


def ask_for_file(credential: Credential) -> Job:
    """Have the file made. Raises NeverSealed."""
    operations.check_sealable(credential)
    return jobs.ask(KIND, trail.name_of(credential), asked_by_id=credential.holder_id)


def _print(work: Work) -> None:
    credential = queries.credential_named(work.subject)
    operations.file_of(credential, current_app.extensions["press"])


def _warm_up() -> None:
    """In the worker. A document without end ends there, and not its worker."""
    press = current_app.extensions["press"]
    press.is_apart = True
    press.warm_up()


PRINT = Deed(KIND, "siapkan berkas PDF", _print, warm_up=_warm_up)
