"""Passwords that a stranger would try first. Pure: text in, one sentence or None out."""

import re
import unicodedata

#: Words of an OPD's name that say nothing about which one it is.
_GENERIC = """
dinas badan kantor kecamatan kelurahan desa sekretariat daerah inspektorat bagian unit sekolah
negeri puskesmas pemerintah kabupaten kota provinsi pelaksana teknis
"""
GENERIC = frozenset(_GENERIC.split())

#: Common passwords and their cores, written down for this project from what everybody knows:
#: worldwide habits and Indonesian ones. Twelve characters are needed anyway, so what matters is
#: the core that people stretch with digits ("rahasia12345", "bismillah2026").
_COMMON = """
password passwd passw0rd pass admin administrator root user guest test testing tester login
masuk welcome letmein iloveyou ilovemyself qwerty qwertyuiop qwertyui asdfgh asdfghjkl zxcvbnm
zxcvbn qazwsx qazwsxedc 1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc q1w2e3r4 q1w2e3r4t5
zaq12wsx monkey dragon master sunshine princess football baseball superman batman pokemon
starwars shadow michael jordan ashley trustno whatever freedom computer internet samsung
android google facebook instagram whatsapp telegram secret changeme default qwerty123456
abc abcd abcde abcdef abcdefg abcdefgh abcdefghijkl abcabcabc aaa aaaaaa sayang sayangku
sayangkamu akusayangkamu akucintakamu cintaku cinta cintakamu kamu akukamu bismillah
bismillahirrahmanirrahim alhamdulillah alhamdulillahirabbilalamin assalamualaikum insyaallah
subhanallah allahuakbar laillahaillallah masyaallah barokah berkah amanah istiqomah ikhlas
sabar semangat sukses suksesselalu rahasia rahasiaku rahasianegara sangatrahasia katasandi
sandi sandiku katakunci kunci indonesia indonesiaku indonesiaraya indonesiamerdeka
indonesiajaya merdeka merdekaataumati garuda garudapancasila pancasila bhinneka
bhinnekatunggalika merahputih nusantara jakarta bandung surabaya semarang medan makassar
denpasar yogyakarta jogja persija persib arema persebaya timnas pegawai pegawainegeri
pegawainegerisipil pnsindonesia pns asn asnbangga asnnetral pppk cpns kepegawaian bkd bkpsdm
bkpsdmd bkdpsdm bkn siasn myasn netral netralitas netralitasasn integritas paktaintegritas
berakhlak korpri pemda pemkab pemkot kantorku dinasku bupati gubernur pemilu pilkada
pendidikan kesehatan puskesmas sekolah guru gurusd bidan perawat rambu ramburambu
adminadmin adminkantor operator bendahara sekretaris kepala pengguna anakku anaksholeh
mamaku papaku mamapapa ayahbunda keluarga keluargaku bahagia ganteng cantik manis imut
naruto onepiece doraemon dora barcelona realmadrid juventus manchester liverpool chelsea
"""
COMMON = frozenset(_COMMON.split())

_SEQUENCES = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
)


def reason_to_refuse(password: str, *, number: str, name: str, unit: str) -> str | None:
    """Why this person must not use this password, as one sentence; None when they may."""
    bare = _bare(password)
    if any(part in bare for part in _numbers_of(number)):
        return "Kata sandi tidak boleh memuat NIP atau tanggal lahir Anda: keduanya mudah ditebak."
    if any(part in bare for part in _words_of(name, shortest=4)):
        return "Kata sandi tidak boleh memuat nama Anda: itu yang pertama kali ditebak orang."
    if any(part in bare for part in _words_of(unit, shortest=5, without=GENERIC)):
        return "Kata sandi tidak boleh memuat nama unit kerja Anda: itu mudah ditebak."
    if _is_common(bare) or _is_monotonous(password, bare):
        return (
            "Kata sandi ini termasuk yang sering dipakai atau berulang sehingga mudah ditebak. "
            "Coba tiga atau empat kata yang tidak berhubungan."
        )
    return None


def _bare(text: str) -> str:
    """Letters and digits only, lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def _numbers_of(number: str) -> list[str]:
    """The number, and the birth date in its first eight digits as people write dates."""
    if len(number) != 18:
        return [number] if number else []
    year, month, day = number[:4], number[4:6], number[6:8]
    return [
        number,
        year + month + day,
        day + month + year,
        month + day + year,
        year[2:] + month + day,
        day + month + year[2:],
    ]


def _words_of(text: str, *, shortest: int, without: frozenset[str] = frozenset()) -> list[str]:
    words = [_bare(word) for word in re.split(r"[\s\-./,]+", text)]
    telling = [word for word in words if len(word) >= shortest and word not in without]
    whole = "".join(words)
    return [*telling, whole] if len(whole) >= shortest else telling


def _is_common(bare: str) -> bool:
    cores = {bare, bare.strip("0123456789")}
    unleet = {core.translate(str.maketrans("0134578", "oieastb")) for core in cores}
    return not bare.strip("0123456789") or bool((cores | unleet) & COMMON)


def _is_monotonous(password: str, bare: str) -> bool:
    """`aaaaaaaaaaaa`, `kopikopikopi`, `abcdefghijkl`: long, but nothing to guess."""
    if len(set(password)) < 5:
        return True
    core = bare.strip("0123456789") or bare
    if core in (core * 2)[1:-1]:
        return True
    return len(bare) >= 4 and any(bare in sequence for sequence in _SEQUENCES)
