"""The desk: Rina looks after the health office, Dewi after the region, nobody else has one."""

import io
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import activation
from app.accounts.models import Account, ActivationCode, Role
from app.accounts.roles import LABELS
from app.admin import queries as desk
from app.agencies import operations, queries
from app.agencies.models import Person, Unit
from app.audit.models import AuditEntry
from app.catalog.terms import PersonStatus
from app.core import clock
from tests import learners
from tests.people import account_with_password, add_person, held

NEW = {
    "number": "19950303 202221 2 001",
    "name": "Ni Putu Ayu",
    "back_title": "S.Kep.",
    "status": "pppk",
    "rank": "IX",
    "position": "Perawat",
}
DEEDS = ("", "/ubah", "/pindah", "/nomor", "/nonaktif", "/aktif", "/kode")


def main(response) -> str:
    return response.text.split("<main", 1)[1].split("</main>", 1)[0]


def actions(db) -> list[str]:
    db.rollback()
    return list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_rina_sees_the_people_of_her_office_and_of_the_clinic_below_it(sign_in, cast):
    page = main(sign_in(cast.rina).get("/pegawai"))
    assert "Sari Wulandari" in page
    assert "19900101 201503 2 001" in page
    for stranger in ("Budi Hartono", "Dewi Anggraini", "Tono Wibowo", "Dinas Pendidikan"):
        assert stranger not in page


def test_dewi_sees_the_region_and_nobody_of_another(sign_in, cast):
    page = main(sign_in(cast.dewi).get("/pegawai"))
    assert "Sari Wulandari" in page
    assert "Budi Hartono" in page
    assert "Tono Wibowo" not in page


@pytest.mark.parametrize("who", ["sari", "yusuf", "auditor"])
def test_who_has_no_desk_finds_none(sign_in, cast, who):
    browser = sign_in(getattr(cast, who))
    for path in ("/pegawai", "/pegawai/baru", "/pegawai/aktivasi", "/pegawai/impor"):
        assert browser.get(path).status_code == 404


def test_taking_in_rosters_is_for_the_hr_office(sign_in, cast):
    assert sign_in(cast.rina).get("/pegawai/impor").status_code == 404
    assert sign_in(cast.dewi).get("/pegawai/impor").status_code == 200
    assert "Impor daftar" not in sign_in(cast.rina).get("/pegawai").text


@pytest.mark.parametrize("deed", DEEDS)
def test_people_of_another_office_do_not_exist_for_rina(sign_in, cast, deed):
    browser = sign_in(cast.rina)
    for stranger in (cast.budi, cast.dewi, cast.stranger):
        path = f"/pegawai/{stranger.id}{deed}"
        assert browser.get(path).status_code == 404
        if deed:
            assert browser.post(path, data={"sure": "y", "reason": "Pensiun"}).status_code == 404
    assert browser.get(f"/pegawai/{cast.sari.id}{deed}").status_code == 200


def test_units_of_another_office_do_not_exist_for_rina(sign_in, cast):
    browser = sign_in(cast.rina)
    assert browser.get(f"/pegawai?unit={cast.education.id}").status_code == 404
    assert browser.get(f"/pegawai/aktivasi?unit={cast.education.id}").status_code == 404
    assert browser.get(f"/pegawai/aktivasi/{cast.education.id}").status_code == 404
    issue = browser.post("/pegawai/aktivasi", data={"unit_id": cast.education.id})
    assert issue.status_code == 404


def test_the_list_is_narrowed_by_name_number_unit_and_account(db, sign_in, cast):
    account_with_password(db, cast.sari.id)
    db.commit()
    browser = sign_in(cast.dewi)
    for query, names in (
        ("cari=wulan", {"Sari Wulandari"}),
        ("cari=19870202+201001", {"Budi Hartono"}),
        (f"unit={cast.health.id}", {"Sari Wulandari", "Rina Kusuma"}),
        ("akun=aktif", {"Sari Wulandari", "Dewi Anggraini"}),
        (f"akun=belum&unit={cast.health.id}", {"Rina Kusuma"}),
        ("akun=nonaktif", set()),
        ("akun=%27%22%3Cb%3E&cari=%25", set()),
    ):
        page = main(browser.get(f"/pegawai?{query}"))
        shown = set(re.findall(r'<a href="/pegawai/\d+">([^<,]+)', page))
        assert shown == names, query


def test_a_unit_is_typed_and_what_may_be_several_is_asked_back(db, sign_in, cast):
    """Two of the same name, in two OPD: the suggestions tell them apart, and so must the typing."""
    for opd, code in ((cast.health, "10.9"), (cast.education, "20.9")):
        new = Unit(agency_id=cast.agency.id, parent_id=opd.id, path="/", code=code,
                   name="Bidang I", kind=opd.kind)  # fmt: skip
        db.add(new)
        db.flush()
        new.path = f"{opd.path}{new.id}/"
    cast.sari.unit_id = db.scalars(sa.select(Unit.id).where(Unit.code == "10.9")).one()
    db.commit()
    dewi, path = sign_in(cast.dewi), f"/pegawai/{cast.budi.id}/pindah"
    assert '<option value="Bidang I, Dinas Kesehatan">' in dewi.get(path).text
    for typed, said in (
        ("Bidang I", "Ada 2 unit yang cocok"),
        ("bidang", "Bidang I, Dinas Pendidikan"),
        ("Bidang Tata Boga", "Tidak ada unit"),
    ):
        answer = dewi.post(path, data={"unit_id": typed, "position": "Guru"})
        assert (answer.status_code, said in main(answer)) == (422, True)
        assert said in main(dewi.get("/pegawai", query_string={"di": typed}))
    found = main(dewi.get("/pegawai?di=bidang+i+kesehatan"))
    assert ("Sari Wulandari" in found, "Budi Hartono" in found) == (True, False)
    assert dewi.post(path, data={"unit_id": "20.9", "position": "Guru"}).status_code == 303
    db.rollback()
    assert cast.budi.unit.name == "Bidang I"


def test_a_long_list_goes_on_over_pages_and_keeps_its_filter(db, sign_in, cast):
    for place in range(120):
        add_person(db, cast.clinic, f"19900101201503{1000 + place}", f"Orang {place:03d}", "")
    db.commit()
    browser, seen, path = sign_in(cast.rina), [], "/pegawai?cari=Orang"
    while path:
        page = main(browser.get(path))
        assert "120 orang" in page
        seen += re.findall(r">(Orang \d+)</a>", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else None
    assert seen == [f"Orang {place:03d}" for place in range(120)]


def test_a_person_page_shows_place_past_and_progress_but_no_answers(sign_in, cast):
    page = main(sign_in(cast.rina).get(f"/pegawai/{cast.sari.id}"))
    for text in ("Puskesmas Melati", "1 Januari 2020", "Belum mulai", "Belum aktif"):
        assert text in page


def test_somebody_new_is_put_on_the_roster(db, sign_in, cast):
    browser = sign_in(cast.rina)
    answer = browser.post("/pegawai/baru", data={**NEW, "unit_id": cast.clinic.name})
    assert answer.status_code == 303
    putu = queries.person_by_number("199503032022212001")
    assert (putu.full_name, putu.rank, putu.unit_id) == (
        "Ni Putu Ayu, S.Kep.",
        "Golongan IX",
        cast.clinic.id,
    )
    assert "Ni Putu Ayu" in browser.get(answer.location).text
    assert actions(db)[-1] == "person.added"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": "3273011234560001"}, "NIK"),
        ({"number": "199513032022212001"}, "tanggal lahir"),
        ({"number": "199001012015032001", "status": "pns", "rank": ""}, "sudah terdaftar"),
        ({"number": "199107072016021007", "status": "pns", "rank": ""}, "sudah terdaftar"),
        ({"number": ""}, "memerlukan NIP"),
        ({"name": "12345"}, "memuat huruf"),
        ({"name": "Ayu\u202e"}, "rusak atau tidak terlihat"),
        ({"name": "A" * 121}, "terlalu panjang"),
        ({"status": "raja"}, "Pilih salah satu"),
    ],
)
def test_a_mistake_in_somebody_new_comes_back_with_its_sentence(
    db, sign_in, cast, change, sentence
):
    before = db.scalar(sa.select(sa.func.count(Person.id)))
    data = {**NEW, "unit_id": cast.clinic.name, "sure": "y", **change}
    answer = sign_in(cast.rina).post("/pegawai/baru", data=data)
    assert answer.status_code == 422
    assert sentence in main(answer)
    assert db.scalar(sa.select(sa.func.count(Person.id))) == before


def test_nobody_is_put_into_a_unit_of_another_office(db, sign_in, cast):
    for unit in (cast.education, cast.root, cast.stranger.unit):
        answer = sign_in(cast.rina).post("/pegawai/baru", data={**NEW, "unit_id": unit.name})
        assert answer.status_code == 422
    assert queries.person_by_number("199503032022212001") is None


def test_an_odd_number_is_asked_about_before_it_is_saved(db, sign_in, cast):
    browser = sign_in(cast.rina)
    data = {**NEW, "status": "pns", "rank": "Kolonel", "unit_id": cast.clinic.name}
    asked = browser.post("/pegawai/baru", data=data)
    assert asked.status_code == 422
    assert "lazimnya milik PPPK" in main(asked)
    assert "“Kolonel” tidak dikenal" in main(asked)
    assert queries.person_by_number("199503032022212001") is None
    assert browser.post("/pegawai/baru", data={**data, "sure": "y"}).status_code == 303
    assert queries.person_by_number("199503032022212001").rank == "Kolonel"


def test_without_a_nip_a_village_official_gets_a_participant_number(db, sign_in, cast):
    data = {
        **NEW,
        "number": "",
        "status": "perangkat-desa",
        "rank": "",
        "unit_id": cast.clinic.name,
    }
    assert sign_in(cast.rina).post("/pegawai/baru", data=data).status_code == 303
    putu = db.scalars(sa.select(Person).where(Person.name == NEW["name"])).one()
    assert len(putu.number) == 10


def test_rina_corrects_a_name_and_the_trail_says_so(db, sign_in, cast):
    browser, path = sign_in(cast.rina), f"/pegawai/{cast.sari.id}/ubah"
    form = main(browser.get(path))
    assert 'value="Sari Wulandari"' in form
    data = {"name": "Sari Wulandari Putri", "back_title": "A.Md.Kep.", "status": "pns",
            "rank": "III/a", "position": "Pelaksana"}  # fmt: skip
    assert browser.post(path, data=data).status_code == 303
    assert actions(db) == ["person.changed"]
    assert "Tidak ada yang baru" in browser.post(path, data=data, follow_redirects=True).text
    assert actions(db) == ["person.changed"]


def test_dewi_moves_sari_and_rina_no_longer_sees_her(db, sign_in, cast):
    path = f"/pegawai/{cast.sari.id}"
    dewi, rina = sign_in(cast.dewi), sign_in(cast.rina)
    data = {"unit_id": cast.education.name, "position": "Guru"}
    assert rina.post(f"{path}/pindah", data=data).status_code == 422
    assert dewi.post(f"{path}/pindah", data=data).status_code == 303
    assert rina.get(path).status_code == 404
    page = main(dewi.get(path))
    assert page.index("Dinas Pendidikan") < page.index("Puskesmas Melati")
    again = dewi.post(f"{path}/pindah", data=data)
    assert "sudah bekerja di unit itu" in main(again)


def test_a_number_is_replaced_and_the_old_one_stays_in_the_history(db, sign_in, cast):
    path = f"/pegawai/{cast.sari.id}"
    data = {"number": "199001012026212007", "status": "pppk"}
    browser = sign_in(cast.dewi)
    assert browser.post(f"{path}/nomor", data=data).status_code == 303
    page = main(browser.get(path))
    assert "19900101 202621 2 007" in page
    assert "Nomor yang pernah dipakai" in page
    wrong = browser.post(f"{path}/nomor", data={"number": "12", "status": "pppk"})
    assert "2 angka" in main(wrong)


def test_who_left_cannot_enter_until_brought_back(db, sign_in, cast):
    sari, rina = sign_in(cast.sari), sign_in(cast.rina)
    path = f"/pegawai/{cast.sari.id}"
    unsure = rina.post(f"{path}/nonaktif", data={"reason": "Pensiun"})
    assert unsure.status_code == 422
    left = rina.post(f"{path}/nonaktif", data={"reason": "Pensiun", "sure": "y"})
    assert left.status_code == 303
    assert "tidak dapat masuk lagi" in rina.get(path).text
    assert sari.get("/akun").status_code == 303
    assert "Sari Wulandari" not in main(rina.get("/pegawai"))
    assert "Sari Wulandari" in main(rina.get("/pegawai?akun=nonaktif"))
    assert "sudah nonaktif" in main(rina.post(f"{path}/ubah", data={**NEW, "name": "X"}))
    assert rina.post(f"{path}/aktif").status_code == 303
    assert "Sari Wulandari" in main(rina.get("/pegawai"))


def test_nobody_takes_herself_off_the_roster(db, sign_in, cast):
    path = f"/pegawai/{cast.dewi.id}/nonaktif"
    answer = sign_in(cast.dewi).post(path, data={"reason": "Pensiun", "sure": "y"})
    assert "diri sendiri" in main(answer)
    assert db.get(Person, cast.dewi.id).is_active


def test_a_units_admin_has_no_power_over_a_colleague_with_a_role(db, sign_in, cast):
    """Lia sits in the clinic and administers the region: Rina must not become Lia."""
    lia = add_person(db, cast.clinic, "199203032018032009", "Lia Marlina", "S.E.")
    db.add(held(lia, Role.HR_ADMIN, cast.root))
    db.commit()
    activation.issue_reset(lia, None)
    db.commit()
    path, rina = f"/pegawai/{lia.id}", sign_in(cast.rina)
    secret = activation.code_text(desk.code_of(lia))
    for deed, data in (
        ("nonaktif", {"reason": "Pensiun", "sure": "y"}),
        ("nomor", {"number": "199203032026212009", "status": "pppk"}),
        ("ubah", {"name": "Lain", "status": "pns"}),
        ("pindah", {"unit_id": cast.health.name}),
        ("kode", {}),
    ):
        answer = rina.post(f"{path}/{deed}", data=data)
        assert answer.status_code == 422
        assert "peran pengelola" in main(answer)
    for page in (f"{path}/kode", f"/pegawai/aktivasi/{cast.clinic.id}", path):
        assert secret not in rina.get(page).text
    assert secret in sign_in(cast.dewi).get(f"{path}/kode").text


def test_rina_gives_one_more_chance_to_somebody_who_has_used_them_all(app, db, sign_in, cast):
    for _ in range(learners.course_of(app).max_attempts):
        learners.failed(app, cast.sari)
        clock.shift(timedelta(hours=2))
    db.commit()
    rina, path = sign_in(cast.rina), f"/pegawai/{cast.sari.id}"
    assert "Beri satu kesempatan" in main(rina.get(path))
    chance = {"course": learners.SLUG, "reason": "Listrik padam saat kuis ketiga"}
    assert "alasannya" in main(rina.post(f"{path}/kesempatan", data={**chance, "reason": "x"}))
    assert rina.post(f"{path}/kesempatan", data=chance).status_code == 303
    assert "Beri satu kesempatan" not in main(rina.get(path))
    assert actions(db)[-1] == "attempt.extra_granted"
    twice = rina.post(f"{path}/kesempatan", data=chance)
    assert twice.status_code == 422
    unknown = rina.post(f"{path}/kesempatan", data={**chance, "course": "tidak-ada"})
    assert unknown.status_code == 404


# Codes -------------------------------------------------------------------------------------------


def test_codes_are_issued_for_a_unit_and_printed_as_slips(db, sign_in, cast):
    add_person(db, cast.clinic, "199203032018032009", "Ani Lestari", "A.Md.")
    db.commit()
    browser = sign_in(cast.rina)
    assert "Belum punya kode" in main(browser.get("/pegawai/aktivasi"))
    answer = browser.post("/pegawai/aktivasi", data={"unit_id": cast.clinic.id})
    assert answer.status_code == 303
    assert answer.location.endswith(f"/pegawai/aktivasi/{cast.clinic.id}/slip")
    page = main(browser.get(f"/pegawai/aktivasi/{cast.clinic.id}"))
    codes = db.scalars(sa.select(ActivationCode)).all()
    assert {code.person.name for code in codes} == {"Sari Wulandari", "Ani Lestari"}
    for code in codes:
        assert activation.code_text(code) in page
        assert f"dan kode {activation.code_text(code)}" in page
    assert "http://127.0.0.1:8000/aktivasi" in page
    announcement = re.search(r'id="pesan-grup"[^>]*>([^<]+)', page)[1]
    assert not any(activation.code_text(code) in announcement for code in codes)


def test_looking_at_slips_spends_and_changes_nothing(db, sign_in, cast):
    browser = sign_in(cast.rina)
    browser.post("/pegawai/aktivasi", data={"unit_id": cast.clinic.id})
    browser.get("/pegawai/aktivasi")
    first = main(browser.get(f"/pegawai/aktivasi/{cast.clinic.id}"))
    assert main(browser.get(f"/pegawai/aktivasi/{cast.clinic.id}")) == first
    assert [code.used_at for code in db.scalars(sa.select(ActivationCode))] == [None]


def test_slips_that_were_handed_out_stay_good_unless_they_are_replaced_on_purpose(
    db, sign_in, cast
):
    browser = sign_in(cast.rina)
    browser.post("/pegawai/aktivasi", data={"unit_id": cast.clinic.id})
    first = activation.code_text(desk.code_of(cast.sari))
    again = browser.post("/pegawai/aktivasi", data={"unit_id": cast.clinic.id})
    assert "Tidak ada orang" in main(again)
    assert activation.code_text(desk.code_of(cast.sari)) == first
    browser.post("/pegawai/aktivasi", data={"unit_id": cast.clinic.id, "also_coded": "y"})
    db.rollback()
    assert activation.code_text(desk.code_of(cast.sari)) != first


def test_the_counts_of_a_desk_add_up(db, sign_in, cast):
    account_with_password(db, cast.sari.id)
    db.commit()
    root, health, education = desk.tallies(desk.Scope((cast.root.path,)), cast.root)
    assert (root.people, root.entered, root.coded) == (6, 1, 0)
    assert (health.people, health.entered, health.waiting) == (2, 1, 1)
    assert (education.people, education.entered) == (1, 0)


def test_a_forgotten_password_gets_a_code_and_the_account_stays(db, sign_in, cast):
    account_with_password(db, cast.sari.id)
    db.commit()
    browser, path = sign_in(cast.rina), f"/pegawai/{cast.sari.id}/kode"
    assert "lupa kata sandi" in main(browser.get(path))
    assert browser.post(path).status_code == 303
    assert activation.code_text(desk.code_of(cast.sari)) in main(browser.get(path))
    assert db.scalar(sa.select(sa.func.count(Account.id)).where(Account.person_id == cast.sari.id))


# Rosters -----------------------------------------------------------------------------------------

GOOD = "NIP;Nama;Status;Kode Unit\n199503032022212001;Ni Putu Ayu;PPPK;10.1\n"


def upload(browser, content: str | bytes):
    data = content.encode() if isinstance(content, str) else content
    return browser.post("/pegawai/impor", data={"file": (io.BytesIO(data), "pegawai.csv")})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.4", "PDF"),
        (b"PK\x03\x04 rusak", "rusak"),
        (b"", "Pilih berkasnya|kosong"),
        (b"NIP;Nama\n1;\xe9\n", "UTF-8"),
    ],
)
def test_a_file_that_is_no_table_gets_a_sentence(sign_in, cast, content, sentence):
    answer = upload(sign_in(cast.dewi), content)
    assert answer.status_code == 422
    assert re.search(sentence, main(answer))


def test_a_table_that_is_no_roster_gets_one_from_the_work(sign_in, cast):
    dewi = sign_in(cast.dewi)
    answer = upload(dewi, b"Kode Rekening;Pagu\n5.1.02;1000\n")
    assert "Baris judul" in main(dewi.get(answer.location))


def test_no_file_at_all_is_asked_for(sign_in, cast):
    answer = sign_in(cast.dewi).post("/pegawai/impor", data={})
    assert "Pilih berkasnya" in main(answer)


def test_a_file_of_people_is_only_for_whoever_administers_the_whole_agency(db, sign_in, cast):
    """A row may move or rename a holder of a higher role, which single pages refuse."""
    db.add(held(cast.rina, Role.HR_ADMIN, cast.health))
    db.commit()
    rina, dewi = sign_in(cast.rina), sign_in(cast.dewi)
    assert rina.get("/pegawai/impor").status_code == 404
    assert upload(rina, GOOD).status_code == 404
    assert queries.person_by_number("199503032022212001") is None
    assert dewi.get("/pegawai/impor").status_code == 200


def test_the_template_is_a_workbook_that_the_import_understands(sign_in, cast):
    browser = sign_in(cast.dewi)
    file = browser.get("/pegawai/impor/contoh.xlsx")
    assert file.data.startswith(b"PK")
    assert "belum ada satu pun" in main(browser.get(upload(browser, file.data).location))


def test_what_people_typed_is_shown_as_text_never_as_markup(db, sign_in, cast):
    operations.add_person(
        cast.clinic, None, operations.Details("<script>x</script>", PersonStatus.NON_ASN), None
    )
    db.commit()
    assert "<script>x" not in sign_in(cast.rina).get("/pegawai").text
    dewi = sign_in(cast.dewi)
    work = dewi.get(upload(dewi, GOOD + "<script>x</script>;a;b;c\n").location).text
    page = dewi.get(re.search(r"/pegawai/impor/\d+", work)[0])
    assert "<script>x" not in page.text


def test_every_role_that_may_be_given_has_a_name_on_the_page_of_a_person():
    assert set(LABELS) == set(Role) - {Role.LEARNER}
