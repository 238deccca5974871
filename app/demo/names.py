"""How people of the demo region are called: many customs, no real person. Any likeness is chance.

A custom gives women's and men's names as whole names or as parts to be joined; whoever has one name
only has it here too. Names that a reader would connect with politics are left out.
"""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Custom:
    """Given names, and what may follow. `share` of the names have a second part."""

    weight: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    after_women: tuple[str, ...] = ()
    after_men: tuple[str, ...] = ()
    share: float = 1.0
    may_be_haji: bool = True


CUSTOMS = (
    Custom(
        34,
        ("Sri", "Endang", "Sulastri", "Suparti", "Wahyuningsih", "Rahayu", "Lestari", "Dwi", "Tri",
         "Retno", "Nuraini", "Partinah", "Winarni", "Ratih", "Kusmiati", "Anjar", "Ningrum"),
        ("Sutrisno", "Bambang", "Slamet", "Joko", "Sugeng", "Agus", "Eko", "Wahyu", "Dwi",
         "Sukardi", "Hari", "Paijo", "Supriyadi", "Teguh", "Yulianto", "Suwarno", "Danang"),
        ("Wahyuni", "Handayani", "Lestari", "Astuti", "Setyowati", "Kusumaningrum", "Puspitasari",
         "Widyaningsih", "Rahmawati", "Utami", "Susilowati"),
        ("Prasetyo", "Hartono", "Wibisono", "Raharjo", "Nugroho", "Saputro", "Purnomo", "Kuncoro",
         "Wicaksono", "Setiawan", "Suryanto"),
        0.72,
    ),
    Custom(
        18,
        ("Neneng", "Euis", "Iis", "Siti", "Ai", "Yeni", "Cucu", "Elis", "Imas", "Dede"),
        ("Asep", "Ujang", "Dadang", "Cecep", "Iwan", "Dedi", "Yayan", "Aep", "Endang", "Tatang"),
        ("Komariah", "Rohaeti", "Nurhasanah", "Sumiati", "Kurniasih", "Rosmiati", "Hodijah"),
        ("Hidayat", "Kurniawan", "Suherman", "Permana", "Saepudin", "Sunarya", "Ruhiyat"),
        0.9,
    ),
    Custom(
        10,
        ("Rosdiana", "Tiurma", "Lasma", "Hotmauli", "Riris", "Duma", "Nurhaida"),
        ("Bonar", "Tumpal", "Parlindungan", "Sahat", "Marihot", "Jonggi", "Horas"),
        ("Simanjuntak", "Nasution", "Siregar", "Manurung", "Lubis", "Sinaga", "Harahap"),
        ("Simanjuntak", "Nasution", "Siregar", "Manurung", "Lubis", "Sinaga", "Harahap"),
        may_be_haji=False,
    ),
    Custom(
        8,
        ("Yulia", "Rina", "Desi", "Mardiana", "Fitri", "Gusneti", "Elvi"),
        ("Rahmat", "Syafril", "Zulkifli", "Hendri", "Yusrizal", "Arman", "Fadli"),
        ("Tanjung", "Chaniago", "Koto", "Piliang", "Novita", "Suryani"),
        ("Tanjung", "Chaniago", "Koto", "Piliang", "Jambak", "Sikumbang"),
        0.85,
    ),
    Custom(
        7,
        ("Ni Wayan", "Ni Made", "Ni Nyoman", "Ni Ketut", "Ni Luh", "Ni Putu"),
        ("I Wayan", "I Made", "I Nyoman", "I Ketut", "I Gede", "I Putu"),
        ("Suastini", "Ariani", "Sekarini", "Widiani", "Purnami", "Astiti"),
        ("Sudarsana", "Artana", "Suweta", "Darmayasa", "Wirawan", "Sukarma"),
        may_be_haji=False,
    ),
    Custom(
        7,
        ("Andi Tenri", "Andi Besse", "Nurhayati", "Hasnah", "Sitti Aminah"),
        ("Andi Baso", "Andi Pangerang", "Daeng Rala", "Syamsuddin", "Muhammad Tahir"),
        ("Paturusi", "Mappasessu", "Tonrangi", "Situju", "Parawansyah"),
        ("Paturusi", "Mappasessu", "Tonrangi", "Situju", "Lantara"),
        0.6,
    ),
    Custom(
        4,
        ("Cut Meurah", "Cut Intan", "Nur Azizah", "Safrida"),
        ("Teuku Ilham", "Muhammad Nasir", "Fauzan", "Tarmizi"),
        ("Hayati", "Mutia", "Fajrina"),
        ("Umar", "Yahya", "Ibrahim", "Sabri"),
        0.7,
    ),
    Custom(
        6,
        ("Grace", "Meiske", "Yuliana", "Theresia", "Maria Goreti", "Fransina"),
        ("Marthen", "Jantje", "Petrus", "Yohanis", "Benyamin", "Frengky"),
        ("Rumengan", "Pattinasarany", "Latuheru", "Wenda", "Seran", "Kambu", "Taroreh"),
        ("Rumengan", "Pattinasarany", "Latuheru", "Wenda", "Seran", "Kambu", "Taroreh"),
        may_be_haji=False,
    ),
    Custom(
        6,
        ("Siti Khadijah", "Nurul Hikmah", "Halimatus Sa'diyah", "Zainab", "Rabiatul", "Aisyah"),
        ("Muhammad Ilham", "Ahmad Fauzan", "Abd. Rahim", "M. Yasin", "Nur Hidayat", "Zainuddin"),
        ("Adawiyah", "Fitriani", "Ramadhani", "Azzahra"),
        ("Al Habsyi", "Syafi'i", "Ramadhan", "Mubarak", "Hasan"),
        0.55,
    ),
)  # fmt: skip


def draw(rng: random.Random, *, is_woman: bool) -> tuple[str, Custom]:
    """A name, and the custom that it comes from."""
    custom = rng.choices(CUSTOMS, [one.weight for one in CUSTOMS])[0]
    first = rng.choice(custom.women if is_woman else custom.men)
    after = custom.after_women if is_woman else custom.after_men
    if rng.random() >= custom.share:
        return first, custom
    return f"{first} {rng.choice([word for word in after if word not in first])}", custom
