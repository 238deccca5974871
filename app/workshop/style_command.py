"""`flask content style`: how the bank is written."""

from pathlib import Path

import click

from app.catalog.web import current
from app.reading.loader import load
from app.workshop import style as written


@click.command("style")
@click.option("--path", type=click.Path(path_type=Path), help="Folder isi; bawaannya isi sendiri.")
def style(path: Path | None) -> None:
    """Hitung kebiasaan menulis pada kasus terbit; keluar dengan 1 bila ada yang berlebihan."""
    scenarios = (load(path) if path else current()).scenarios.values()
    habits = written.habits(scenarios)
    for habit in habits:
        mark = "ok" if habit.is_kept else "LEBIH"
        click.echo(
            f"{mark:<6}{habit.share:>6.1%}  {habit.count} dari {habit.of} (paling banyak "
            f"{habit.most:.0%}): {habit.name}"
        )
    right, wrong = written.hedges(scenarios)
    click.echo(
        f"      {right:>6.1%}  pilihan benar dilema yang berhati-hati; yang keliru {wrong:.1%}"
    )
    if not all(habit.is_kept for habit in habits):
        raise SystemExit(1)
