"""/pekerjaan: what somebody has asked the background to do, how far it is, and what came of it.

A job's `result` says what is shown: `told`, a sentence, and where to go on: `endpoint` with `args`,
which the room that made the job names (see `outcome`).
"""

from flask import Blueprint, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import Role, current_person, current_reader, open_to
from app.core.errors import DomainError, NotFound
from app.core.web import attachment, back_with, done
from app.jobs import files, operations
from app.jobs.models import Job
from app.jobs.queries import is_worker_alive, job_of, jobs_asked_by
from app.jobs.web import engine

bp = Blueprint("work", __name__)
#: Seconds after which the page of work that goes on asks again.
AGAIN = 3


class AlreadyOver(DomainError):
    message = "Pekerjaan ini sudah berakhir, jadi tidak ada yang dihentikan."
    status = 409


@bp.get("/pekerjaan")
@open_to(Role.LEARNER)
def mine() -> ResponseReturnValue:
    """The latest twenty."""
    return render_template(
        "admin/works.html",
        jobs=[(job, _title(job)) for job in jobs_asked_by(current_person().id)],
        zone=current_reader().agency.zone,
    )


@bp.get("/pekerjaan/<int:job_id>")
@open_to(Role.LEARNER)
def job(job_id: int) -> ResponseReturnValue:
    """For whoever asked; while it goes on the page asks again by itself."""
    found = job_of(current_person().id, job_id)
    told, onward = outcome(found)
    page = make_response(
        render_template(
            "admin/work.html",
            job=found,
            title=_title(found),
            told=told,
            onward=onward,
            has_file=files.has_file(found),
            is_worker_alive=is_worker_alive(),
            zone=current_reader().agency.zone,
        )
    )
    if found.is_open:
        page.headers["Refresh"] = str(AGAIN)
    return page


@bp.get("/pekerjaan/<int:job_id>/berkas")
@open_to(Role.LEARNER)
def file(job_id: int) -> ResponseReturnValue:
    """The file that it made, while that is kept."""
    made = files.file_of(job_of(current_person().id, job_id))
    if made is None:
        raise NotFound
    return attachment(made.content, made.mime, made.name)


@bp.post("/pekerjaan/<int:job_id>/batal")
@open_to(Role.LEARNER)
def cancel(job_id: int) -> ResponseReturnValue:
    found = job_of(current_person().id, job_id)
    back = url_for(".job", job_id=found.id)
    if not found.is_open:
        return back_with(AlreadyOver(), back)
    operations.cancel(found)
    return done("Pekerjaan dihentikan. Yang belum selesai tidak disimpan.", back)


def outcome(found: Job) -> tuple[str | None, str | None]:
    """What the room that did the job says of it, and the address at which one goes on."""
    said = found.result or {}
    endpoint = said.get("endpoint")
    return said.get("told"), url_for(endpoint, **said.get("args", {})) if endpoint else None


def _title(found: Job) -> str:
    label = engine().label_of(found)
    return label[:1].upper() + label[1:]
