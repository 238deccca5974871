"""A document handed over, to its holder and to a desk: its file, or a page that asks again."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.web import attachment
from app.credentials import waiting
from app.credentials.models import Credential, CredentialFile
from app.credentials.numbering import file_name
from app.jobs.queries import is_worker_alive


def handed(credential: Credential, again: str, back: str) -> ResponseReturnValue:
    """The sealed file, or meanwhile a page. `again` asks once more; `back` leads away."""
    file = waiting.file_of(credential)
    return _file(credential, file) if file else _still_waiting(credential, again, back)


def _file(credential: Credential, file: CredentialFile) -> ResponseReturnValue:
    name = file_name(credential.stated.holder.number, credential.number)
    response = attachment(file.content, "application/pdf", name)
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(file.sha256)
    return response.make_conditional(request)


def _still_waiting(credential: Credential, again: str, back: str) -> ResponseReturnValue:
    """A page that asks again by itself; what it then gets is the file."""
    job, is_alive = waiting.job_of(credential), is_worker_alive()
    place = waiting.place_of(job)
    page = render_template(
        "credentials/waiting.html",
        credential=credential,
        job=job,
        place=place,
        is_worker_alive=is_alive,
        again=again,
        back=back,
    )
    seconds = place.again if is_alive and not job.failure else waiting.MUCH_LATER
    status = 503 if job.failure else 202
    return page, status, {"Refresh": str(seconds), "Retry-After": str(seconds)}
