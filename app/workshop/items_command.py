"""`flask content items`: how the questions of a course do."""

import click

from app.catalog.web import current
from app.core.errors import NotFound
from app.judgements.queries import items_of
from app.quizzes.items import FEWEST, verdict_on


@click.command("items")
@click.argument("course")
def items(course: str) -> None:
    """Statistik soal sebuah kursus dari percobaan pertama, seperti Moodle."""
    try:
        current().course(course)
    except NotFound:
        known = ", ".join(current().courses)
        raise click.ClickException(f"Tidak ada kursus {course}. Yang ada: {known}.") from None
    found = items_of(course)
    shown = {key: item for key, item in found.items() if item.is_enough}
    click.echo("    n  mudah  beda  efis  soal")
    for (scenario, phase, _), item in sorted(shown.items(), key=lambda one: one[1].facility or 0):
        figures = (item.facility, item.discrimination, item.efficiency)
        said = "  ".join("   –" if one is None else f"{one:4.0f}" for one in figures)
        advice = verdict_on(item)
        click.echo(
            f"{item.papers:5d}  {said}  {scenario}@{phase}{f'  ! {advice}' if advice else ''}"
        )
    click.echo(
        f"{len(found) - len(shown)} soal dengan kurang dari {FEWEST} jawaban tidak ditampilkan."
    )
