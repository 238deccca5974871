"""Which commands make sense now, the one that comes next first. Pure.

A nervous host looks at one button. It never turns into another one within the same second as it was
pressed: after "Buka" there is none until the question has opened.
"""

from dataclasses import dataclass

from app.catalog.terms import Phase
from app.live.timeline import Scene


@dataclass(frozen=True, slots=True)
class Button:
    """A command, as a page offers it."""

    name: str
    label: str
    #: The host knows that some still have time.
    is_meant: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    main: Button | None = None
    others: tuple[Button, ...] = ()
    #: What cannot be taken back, apart from the rest.
    grave: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What decides which buttons there are."""

    scene: Scene
    #: Place of the question that comes next; None when all were asked or skipped.
    next_place: int | None
    #: The phase in which the same act can be asked too.
    other: Phase | None = None
    #: Whether somebody with extra time may still answer.
    waits: bool = False
    is_signing: bool = False


VOID = Button("void", "Batalkan pertanyaan ini")
END = Button("end", "Akhiri sesi")
EXTEND = Button("extend", "Tambah 30 detik")
PAUSE = Button("pause", "Jeda")
REVEAL = Button("reveal", "Bahas jawabannya")
REVEAL_NOW = Button("reveal", "Bahas sekarang juga", is_meant=True)
AGAIN = Button("again", "Tanya sekali lagi")
OTHERS = {
    Phase.AFTER: Button("other", "Dan sesudah penetapan?"),
    Phase.BEFORE: Button("other", "Dan sebelum penetapan?"),
}


def buttons(desk: Desk) -> Buttons:
    """The buttons of a scene. None of them is one that the operations would refuse there."""
    match desk.scene:
        case Scene.DRAFT:
            return Buttons(Button("lobby", "Buka lobi"))
        case Scene.LOBBY:
            return Buttons(_next(desk) or END, (*_skip(desk), *_signing(desk), PAUSE), _end(desk))
        case Scene.READY:
            return Buttons(None, (EXTEND, PAUSE), (VOID, END))
        case Scene.OPEN:
            return Buttons(Button("close", "Tutup jawaban"), (EXTEND, PAUSE), (VOID, END))
        case Scene.CLOSED:
            reveal = REVEAL_NOW if desk.waits else REVEAL
            others = (reveal, AGAIN, PAUSE) if desk.waits else (AGAIN, PAUSE)
            return Buttons(None if desk.waits else reveal, others, (VOID, END))
        case Scene.REVEALED:
            other = (OTHERS[desk.other],) if desk.other else ()
            beside = (AGAIN, *other, *_skip(desk), *_signing(desk), PAUSE)
            return Buttons(_next(desk) or _last(desk), beside, (VOID, *_end(desk)))
        case Scene.PAUSED:
            return Buttons(Button("resume", "Lanjutkan"), (), (END,))
        case Scene.ENDED:
            return Buttons()


def _next(desk: Desk) -> Button | None:
    return Button("open", f"Buka pertanyaan {desk.next_place}") if desk.next_place else None


def _last(desk: Desk) -> Button:
    """All questions are done: what is left is the pakta, then the end."""
    return END if desk.is_signing else Button("signing", "Buka penandatanganan")


def _skip(desk: Desk) -> tuple[Button, ...]:
    label = f"Lewati pertanyaan {desk.next_place}"
    return (Button("skip", label),) if desk.next_place else ()


def _signing(desk: Desk) -> tuple[Button, ...]:
    """Beside the rest while questions are left; afterwards it is the main button."""
    is_beside = not desk.is_signing and (desk.next_place or desk.scene is Scene.LOBBY)
    return (Button("signing", "Buka penandatanganan"),) if is_beside else ()


def _end(desk: Desk) -> tuple[Button, ...]:
    """Apart, unless it is the main button."""
    is_main = desk.next_place is None and (desk.scene is Scene.LOBBY or desk.is_signing)
    return () if is_main else (END,)
