"""What a reminder says, to one person by mail, and to a unit's group in pieces. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.dates import day_and_date, thousands
from app.reminders.occasions import Occasion

#: Letters of one piece. WhatsApp takes 65,536, but a `wa.me` link carries its text in an address:
#: 4,000 letters with names are some 6,000 signs, and servers on the way take 8,000 (RFC 9110, 4.1).
A_PIECE = 4000


@dataclass(frozen=True)
class Duty:
    """What is asked of her, as the reminder names it."""

    title: str
    asked_by: str
    due_on: date
    url: str


def mail_title(duty: Duty, occasion: Occasion) -> str:
    return f"{duty.title}: {_when(occasion)}"


def mail_body(name: str, duty: Duty, occasion: Occasion) -> str:
    return (
        f"Yth. {name},\n\n"
        f"{duty.title} diminta oleh {duty.asked_by}, paling lambat {day_and_date(duty.due_on)} "
        f"({_when(occasion)}). Anda belum menandatanganinya.\n\n"
        f"Buka: {duty.url}\n\n"
        "Bila Anda sudah menandatangani hari ini, abaikan surel ini."
    )


def digest(name: str, lines: list[tuple[str, int, int, date]], url: str) -> tuple[str, str, str]:
    """Title, body and reason of a week's word to whoever runs a unit. `lines`: title, signed, meant
    and due date of each duty."""
    told = [
        f"- {title}: {thousands(signed)} dari {thousands(meant)} sudah, "
        f"{thousands(meant - signed)} belum; batas {day_and_date(due)}"
        for title, signed, meant, due in lines
    ]
    lead = [f"Yth. {name},", "", "keadaan unit Anda pagi ini:"]
    body = "\n".join([*lead, *told, "", f"Meja kerja: {url}"])
    reason = "Anda mengelola sebuah unit di Rambu; rekap dikirim tiap Senin."
    return "Rekap mingguan unit Anda", body, reason


def why(duty: Duty, unit: str) -> str:
    """For her own page: why she got it."""
    return f"Anda terdaftar di {unit}, dan {duty.asked_by} meminta {duty.title} dari unit itu."[
        :300
    ]


def _when(occasion: Occasion) -> str:
    match occasion.days_left:
        case _ if occasion.name == "opening":
            return "sudah dibuka"
        case 0:
            return "hari ini batasnya"
        case days if days > 0:
            return f"{days} hari lagi"
        case days:
            return f"lewat {-days} hari"


def pieces(head: str, lines: Iterable[str], foot: str, most: int = A_PIECE) -> list[str]:
    """A text with a list, cut between lines so that no piece is longer than `most`: each begins
    with the head, says which of how many it is, and the last ends with the foot."""
    room = most - len(head) - len(foot) - len("\n(00/00)\n\n\n")
    held: list[list[str]] = [[]]
    for line in lines:
        line = line[: max(room, 1)]
        if held[-1] and sum(len(one) + 1 for one in held[-1]) + len(line) > room:
            held.append([])
        held[-1].append(line)
    if len(held) == 1:
        return ["\n".join([head, "", *held[0], "", foot]).strip()]
    marked = [
        "\n".join([head, f"({n}/{len(held)})", "", *part]) for n, part in enumerate(held, start=1)
    ]
    return [*marked[:-1], f"{marked[-1]}\n\n{foot}"]
