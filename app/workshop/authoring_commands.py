"""`flask content new scenario` asks for a case; `flask content preview` shows the bank with it.

People answer one question at a time in Bahasa Indonesia. Nothing is written before the last yes:
whoever stops earlier leaves no file behind.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext

from app.catalog.labels import PERSON_STATUSES, PHASES, PRESSURES, TOPICS, VERDICTS, VIOLATIONS
from app.catalog.terms import Footing, PersonStatus, Phase, Verdict, Violation
from app.reading import tree
from app.reading.checks import names
from app.reading.loader import report
from app.workshop import authoring, preview
from app.workshop.authoring import MOST_FOUND, Entry, Term, Unfit
from app.workshop.exchange import intake
from app.workshop.exchange.drafts import Draft, Row
from app.workshop.exchange.questions import BadFile
from app.workshop.exchange.tags import Cite

Value = TypeVar("Value")
Command = TypeVar("Command", bound=Callable[..., Any])

FOLDER = click.Path(path_type=Path, file_okay=False)
#: How the options name the phases.
TAILS = {"semua": Phase.ALWAYS, "sebelum": Phase.BEFORE, "sesudah": Phase.AFTER}
ASN = "pns, cpns, pppk, pppk-paruh-waktu"
_WITHOUT_RULE = "Kasus tanpa rujukan hanyalah nasihat dan harus memuat kata “praktik aman”."
_SAY_SO = f"{_WITHOUT_RULE} Tambahkan satu kalimat; tulisan tadi tetap tersimpan."
#: Letters of a provision that a list of found ones shows.
GLIMPSE = 90


def per_phase(command: Command) -> Command:
    """`--verdict-sebelum` and its kin."""
    for tail, phase in reversed(TAILS.items()):
        for name, help in (("cites", "ref ref …"), ("violation", ""), ("verdict", "")):
            command = click.option(f"--{name}-{tail}", help=help or PHASES[phase])(command)
    return command


@click.group("new")
def new() -> None:
    """Tulis isi baru, satu pertanyaan demi satu."""


@new.command("scenario")
@click.option("--topic", help="Nomor atau nama topik.")
@click.option("--question", help="Diawali Bolehkah.")
@click.option("--id", "id", help="Bawaannya disusun dari pertanyaan.")
@click.option("--about", help="Tentang siapa: pns, cpns, …")
@click.option("--situation", help="Keadaannya, dalam beberapa kalimat.")
@per_phase
@click.option("--reason", help="Mengapa vonisnya demikian.")
@click.option("--safe-act", help="Apa yang sebaiknya dilakukan.")
@click.option("--pressure", help="Tekanan yang dihadapi.")
@click.option("--difficulty", help="1 sampai 3.")
@click.option("--asked-like", multiple=True, help="Satu cara bertanya; boleh diulang.")
@click.option("--act", help="Perbuatannya; bawaannya disusun dari pertanyaan.")
@click.option("--author", help="Penulisnya.")
@click.option("--path", type=FOLDER, help="Folder isi; bawaannya RAMBU_CONTENT.")
@click.option("--yes", is_flag=True, help="Tanpa bertanya: semua jawaban dari opsi, lalu simpan.")
@with_appcontext
def scenario(path: Path | None, yes: bool, **given: Any) -> None:
    """Tanyakan satu kasus, tunjukkan berkasnya, simpan sebagai draf, lalu periksa."""
    root = path or current_app.config["RAMBU"].CONTENT
    if not root.is_dir():
        raise click.ClickException(f"Folder isi {root} tidak ditemukan.")
    try:
        draft = Interview(tree.read(root), given, is_unattended=yes).draft()
        click.echo(f"\n{draft.text}")
        if not yes and not _agrees(f"Simpan sebagai {root / draft.path}? [y/t]"):
            raise click.Abort
        (written,) = intake.write([draft], root)
    except (click.Abort, KeyboardInterrupt, EOFError):
        click.echo("\nDihentikan: tidak ada yang ditulis.", err=True)
        raise SystemExit(1) from None
    except BadFile as damage:
        raise click.ClickException(str(damage)) from None
    _say_saved(written, root)


def _agrees(question: str) -> bool:
    while True:
        try:
            return authoring.read_yes(click.prompt(question, default="", show_default=False))
        except Unfit as why:
            click.echo(f"  {why}")


def _say_saved(written: Path, root: Path) -> None:
    found = [mistake for mistake in report(root).mistakes if mistake.path == str(written)]
    click.echo(f"Tersimpan: {written} (draf, belum tampil bagi siapa pun).")
    for mistake in found:
        click.echo(f"  baris {mistake.line}: {mistake.message}")
    if not found:
        click.echo("Pemeriksa tidak menemukan kesalahan di berkas ini.")
    click.echo(
        "Lihat hasilnya: flask content preview. Sesudah orang lain menelaahnya, isi reviewer dan "
        "reviewed_on, lalu ganti status: draf menjadi status: terbit."
    )


class Interview:
    """Asks for every part of a case; what was given as an option is not asked again."""

    def __init__(self, found: tree.Tree, given: dict[str, Any], *, is_unattended: bool) -> None:
        self.shelf = authoring.shelf_of(found)
        self.rules, self.parties = found.stale.law.rules, names.parties_of(found)
        self.taken = {page.file.name for page in found.scenarios.values()} | set(found.scenarios)
        self.given = {name: value for name, value in given.items() if value not in (None, ())}
        self.is_unattended = is_unattended

    def draft(self) -> Draft:
        topic = self.choose("topic", "Topik", TOPICS)
        question = self.line(
            "question",
            "Pertanyaan (diawali Bolehkah)",
            lambda answer: authoring.read_question(answer, self.rules, self.parties),
        )
        id = self.name(question)
        persons = tuple(PersonStatus)
        self.show("Tentang siapa kasus ini?", PERSON_STATUSES)
        about = self.line(
            "about",
            f"Nomor-nomornya (Enter: {ASN})",
            lambda answer: authoring.read_terms(answer, persons),
            default=ASN,
        )
        situation = self.text("situation", "Situasi: siapa, di mana, apa yang menggodanya?")
        rows = self.rows()
        footing = authoring.footing_of(rows, self.shelf)
        reason = self.text("reason", "Alasan: mengapa begitu?", footing)
        safe_act = self.text("safe_act", "Sebaiknya: apa yang aman dilakukan?")
        return Draft(
            id=id,
            topic=topic,
            question=question,
            applies_to=about,
            rows=rows,
            confidence=footing,
            pressure=self.choose("pressure", "Apa yang menekan orang itu?", PRESSURES),
            difficulty=self.line(
                "difficulty",
                "Kesulitan: 1 mudah, 2 sedang, 3 sulit",
                lambda answer: authoring.read_whole(answer, 1, 3),
            ),
            asked_like=self.asked_like(),
            act=self.act(question),
            author=self.line("author", "Penulis", authoring.read_line),
            situation=situation,
            reason=reason,
            safe_act=safe_act,
        )

    # --- one answer -------------------------------------------------------------------------------

    def ask(
        self,
        name: str,
        read: Callable[[Any], Value],
        answer: Callable[[], Any],
        default: Any = None,
    ) -> Value:
        """The value of one answer, asked again until it fits."""
        if name in self.given or self.is_unattended:
            given = self.given.pop(name, default)
            if given is None:
                raise click.ClickException(f"Isian {_option(name)} belum diberikan.")
            try:
                return read(given)
            except Unfit as why:
                if self.is_unattended:
                    raise click.ClickException(f"{_option(name)}: {why}") from None
                click.echo(f"  {_option(name)}: {why}")
        while True:
            try:
                typed = answer()
                return read(default if typed == "" and default is not None else typed)
            except Unfit as why:
                click.echo(f"  {why}")

    def line(
        self, name: str, prompt: str, read: Callable[[str], Value], default: str | None = None
    ) -> Value:
        return self.ask(name, read, lambda: _typed(f"\n{prompt}"), default)

    def show(
        self, title: str, labels: dict[Term, str], terms: Sequence[Term] | None = None
    ) -> None:
        if self.is_unattended:
            return
        click.echo(f"\n{title}")
        for number, term in enumerate(terms or labels, start=1):
            click.echo(f"  {number:>2}. {labels[term]} ({term})")

    def choose(
        self, name: str, title: str, labels: dict[Term, str], terms: Sequence[Term] | None = None
    ) -> Term:
        terms = terms or tuple(labels)
        if name not in self.given:
            self.show(title, labels, terms)
        return self.ask(
            name, lambda answer: authoring.read_term(answer, terms), lambda: _typed("Nomor")
        )

    def name(self, question: str) -> str:
        proposed = authoring.proposed_id(question, self.taken)
        return self.line(
            "id",
            f"Nama berkas (Enter: {proposed})",
            lambda answer: authoring.read_id(answer, self.taken),
            default=proposed,
        )

    def text(self, name: str, title: str, footing: Footing | None = None) -> str:
        """Paragraphs; what is only doubtful may stand, and what must be said is added."""
        text = self.ask(name, authoring.read_text, lambda: _paragraphs(title))
        while not self.is_unattended and (doubts := self.doubts(text)):
            for doubt in doubts:
                click.echo(f"  Catatan: {doubt}")
            if not _agrees("Tulis ulang bagian ini? [y/t]"):
                break
            text = self.ask(name, authoring.read_text, lambda: _paragraphs(title))
        if footing is not Footing.SAFE_PRACTICE or authoring.says_safe_practice(text):
            return text
        if self.is_unattended:
            raise click.ClickException(f"{_option(name)}: {_WITHOUT_RULE}")
        more = self.ask("more", _read_safe_practice, lambda: _paragraphs(_SAY_SO))
        return f"{text}\n\n{more}"

    def act(self, question: str) -> str:
        proposed = authoring.proposed_act(question)
        return self.line(
            "act",
            f"Perbuatannya, seperti dikatakan di samping vonis (Enter: {proposed})",
            authoring.read_act,
            default=proposed,
        )

    def asked_like(self) -> tuple[str, ...]:
        kept: list[str] = []

        def answer() -> list[str]:
            title = "Beberapa cara orang menanyakannya, satu setiap baris (bahasa sehari-hari)"
            kept.extend(_lines(f"{title}. Enter pada baris kosong bila selesai.", blanks=1))
            return kept

        return self.ask("asked_like", authoring.read_asked_like, answer)

    # --- verdicts ---------------------------------------------------------------------------------

    def doubts(self, text: str) -> list[str]:
        return list(authoring.remarks(text, self.rules, self.parties))

    def rows(self) -> tuple[Row, ...]:
        rows = [self.row(phase) for phase in self.phases()]
        while places := authoring.unfounded(rows):
            phase = rows[places[0]].phase
            if self.is_unattended:
                raise click.ClickException(f"Isian --cites-{_tail(phase)} belum diberikan.")
            click.echo(
                f"\nVonis “{PHASES[phase]}” belum mempunyai rujukan, padahal kasus ini melarang "
                "sesuatu. Cari satu ketentuan untuknya."
            )
            rows[places[0]] = self.row(phase, rows[places[0]])
        return tuple(rows)

    def phases(self) -> tuple[Phase, ...]:
        """One for always, or both; as the options tell, or as is answered."""
        apart = (Phase.BEFORE, Phase.AFTER)
        told = {phase for tail, phase in TAILS.items() if f"verdict_{tail}" in self.given}
        if Phase.ALWAYS in told and len(told) > 1:
            raise click.ClickException("Pakai --verdict-semua saja, atau kedua tahap saja.")
        if told:
            return (Phase.ALWAYS,) if Phase.ALWAYS in told else apart
        if self.is_unattended:
            raise click.ClickException("Isian --verdict-semua belum diberikan.")
        click.echo("\nHari penetapan calon memisahkan dua tahap.")
        is_same = not _agrees("Apakah vonis atau dasarnya berbeda sesudah hari itu? [y/t]")
        return (Phase.ALWAYS,) if is_same else apart

    def row(self, phase: Phase, known: Row | None = None) -> Row:
        tail = _tail(phase)
        if known is not None:
            return Row(phase, known.verdict, known.violation, self.cites(phase, Verdict.FORBIDDEN))
        verdict = self.choose(f"verdict_{tail}", f"Vonis. {PHASES[phase]}:", VERDICTS)
        violation = Violation.NONE
        if verdict is not Verdict.ALLOWED:
            kinds = [v for v in Violation if v is not Violation.NONE or verdict is Verdict.DEPENDS]
            if verdict is Verdict.DEPENDS and self.is_unattended:
                self.given.setdefault(f"violation_{tail}", Violation.NONE.value)
            violation = self.choose(f"violation_{tail}", "Jenis pelanggaran", VIOLATIONS, kinds)
        return Row(phase, verdict, violation, self.cites(phase, verdict))

    def cites(self, phase: Phase, verdict: Verdict) -> tuple[Cite, ...]:
        """Chosen one by one until they carry the verdict."""
        chosen: dict[str, Cite] = {}

        def read(answer: str | None) -> tuple[Cite, ...]:
            for ref in (answer or "").replace(",", " ").split():
                chosen[ref] = authoring.read_cite(ref, self.shelf)
            authoring.check_cites(chosen.values(), verdict, self.shelf)
            return tuple(chosen.values())

        name = f"cites_{_tail(phase)}"
        return self.ask(name, read, lambda: self.pick(PHASES[phase], chosen), default="")

    def pick(self, title: str, chosen: dict[str, Cite]) -> str:
        """Search, show, take; ends with an empty line."""
        click.echo(f"\nDasar hukum. {title}. Ketik kata atau nomor pasal, misalnya: 94 5 n")
        shown: list[Entry] = []
        while typed := _typed("Cari, atau nomor yang dipakai (Enter bila selesai)"):
            refs = _numbered(typed, shown)
            if refs is None:
                shown = authoring.search(self.shelf.values(), typed)
                _show(shown)
                continue
            for ref in refs:
                try:
                    cite = authoring.read_cite(ref, self.shelf)
                except Unfit as why:
                    click.echo(f"  {why}")
                    continue
                chosen[ref] = cite
                entry = self.shelf[cite.ref]
                doubt = " Keyakinan C: tidak dapat menjadi satu-satunya sandaran."
                click.echo(f"  + {entry.label}.{doubt if entry.confidence == 'C' else ''}")
        return ""


def _read_safe_practice(answer: str) -> str:
    text = authoring.read_text(answer)
    if not authoring.says_safe_practice(text):
        raise Unfit("Kalimat tambahan ini belum memuat kata “praktik aman”.")
    return text


def _numbered(typed: str, shown: Sequence[Entry]) -> list[str] | None:
    """References that an answer picks by number or by name; None for words to search."""
    found = []
    for word in typed.replace(",", " ").split():
        mark, bare = ("!", word[1:]) if word.startswith("!") else ("", word)
        if "#" in bare:
            found.append(mark + bare)
        elif bare.isascii() and bare.isdigit() and 1 <= int(bare) <= min(len(shown), MOST_FOUND):
            found.append(mark + shown[int(bare) - 1].ref)
        else:
            return None
    return found


def _show(found: Sequence[Entry]) -> None:
    if not found:
        click.echo("  Tidak ada yang cocok; coba kata yang lebih sedikit.")
    for number, entry in enumerate(found[:MOST_FOUND], start=1):
        state = "DICABUT, " if entry.is_repealed else ""
        text = entry.text if len(entry.text) <= GLIMPSE else f"{entry.text[:GLIMPSE]}…"
        click.echo(f"  {number:>2}. [{state}keyakinan {entry.confidence}] {entry.label}: {text}")
    if len(found) > MOST_FOUND:
        click.echo(f"  … dan {len(found) - MOST_FOUND} lagi; tambah kata supaya lebih sempit.")


def _typed(prompt: str) -> str:
    return click.prompt(prompt, default="", show_default=False).strip()


def _lines(title: str, *, blanks: int) -> Iterator[str]:
    """Lines up to so many empty ones in a row."""
    click.echo(f"\n{title}")
    empty = 0
    while empty < blanks:
        line = click.prompt("", default="", show_default=False, prompt_suffix="> ")
        empty = 0 if line.strip() else empty + 1
        yield line


def _paragraphs(title: str) -> str:
    return "\n".join(_lines(f"{title} Tekan Enter dua kali bila selesai.", blanks=2))


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _tail(phase: Phase) -> str:
    return next(tail for tail, known in TAILS.items() if known is phase)


@click.command("preview")
@click.option("--path", type=FOLDER, help="Folder isi; bawaannya RAMBU_CONTENT.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8010, show_default=True, help="Portnya."
)
@with_appcontext
def preview_bank(path: Path | None, port: int) -> None:
    """Tampilkan bank kasus beserta drafnya, di mesin ini saja, sambil berkas disunting."""
    app = current_app.app_context().app  # itself: its threads have no context of ours
    root = path or app.config["RAMBU"].CONTENT
    if not root.is_dir():
        raise click.ClickException(f"Folder isi {root} tidak ditemukan.")
    preview.install(app, root)
    try:
        with preview.empty_database(), preview.server(app, port) as server:
            click.echo(
                f"Pratinjau {root}: http://{preview.HOST}:{server.port}/bolehkah "
                "(Ctrl-C untuk berhenti)"
            )
            server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nPratinjau dihentikan.")
    except OSError as error:
        raise click.ClickException(
            f"Pintu {port} tidak dapat dipakai ({error.strerror}); pilih yang lain dengan --port."
        ) from None
