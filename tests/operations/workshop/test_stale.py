"""`flask content stale`: what CI and a desk with a terminal see, and what cannot be read."""

import pytest

STALE = "Pengumuman.\n\nLapor ke KASN menurut UU 5/2014.\n"
CLEAN = "Lapor ke Bawaslu atau BKN.\n"


@pytest.fixture
def stale(app, tmp_path, monkeypatch):
    """`stale("a.txt", text="…")` runs the command in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*names, text: bytes | str | None = None):
        return app.test_cli_runner().invoke(args=["content", "stale", *names], input=text)

    return run


@pytest.fixture
def write(tmp_path):
    def write(name: str, content: bytes | str) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return write


def test_each_finding_is_a_line_with_what_is_right_and_its_source(stale, write):
    result = stale(write("edaran.txt", STALE))
    assert result.exit_code == 1
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "edaran.txt:3: KASN: KASN tidak lagi menangani laporan sejak 24 Agustus 2024; laporan "
        "masuk lewat Bawaslu atau BKN, sanksi dijatuhkan PPK. (/aturan/kanal-pelaporan#kasn)",
        "edaran.txt:3: UU 5/2014: UU 5/2014 sudah dicabut; yang berlaku sejak 31 Oktober 2023 "
        "ialah UU 20/2023. (/aturan/uu-20-2023#penutup)",
    ]


def test_nothing_found_leaves_the_output_empty_and_says_so_aside(stale, write):
    result = stale(write("edaran.txt", CLEAN))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Tidak ada yang basi di antara hal-hal yang Rambu kenali.\n"


@pytest.mark.parametrize("names", [(), ("-",)])
def test_standard_input_is_read_when_no_file_is_named(stale, names):
    result = stale(*names, text=STALE)
    assert result.exit_code == 1
    assert result.stdout.startswith("-:3: KASN: ")
    assert stale(*names, text=CLEAN).exit_code == 0


def test_front_matter_is_text_too(stale, write):
    name = write("lama.md", f"---\ntitle: Menurut PP 53/2010\n---\n{CLEAN}")
    assert stale(name).stdout.startswith("lama.md:2: PP 53/2010: ")


def test_a_folder_is_read_with_all_that_is_below(stale, write):
    for name in ("a/satu.md", "a/b/dua.TXT", "a/b/c/tiga.txt", "a/gambar.png", "a/data.csv"):
        write(name, STALE)
    result = stale("a")
    assert {line.partition(":")[0] for line in result.stdout.splitlines()} == {
        "a/satu.md", "a/b/dua.TXT", "a/b/c/tiga.txt",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("surat.docx", b"PK\x03\x04\0\0", "berkas ini bukan teks"),
        ("surat.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "berkas ini bukan teks"),
        ("lama.txt", "Café".encode("cp1252"), "tidak tersimpan sebagai UTF-8"),
        ("notepad.txt", STALE.encode("utf-16"), "berkas ini bukan teks"),
    ],
)
def test_what_is_no_text_is_named_and_hides_nothing(stale, write, name, content, reason):
    result = stale(write(name, content), write("edaran.txt", STALE))
    assert result.exit_code == 2
    assert result.stdout.count("edaran.txt:3: ") == 2
    assert result.stderr.startswith(f"{name}: ")
    assert reason in result.stderr


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("tidak-ada.txt", "berkas ini tidak ada"),
        ("kosong", "tidak berisi berkas .md atau .txt"),
        ("/proc/self/mem", "berkas ini tidak dapat dibaca"),
    ],
)
def test_what_cannot_be_read_is_named_and_hides_nothing(stale, write, tmp_path, name, reason):
    (tmp_path / "kosong").mkdir()
    result = stale(write("edaran.txt", STALE), name)
    assert result.exit_code == 2
    assert result.stdout.count("edaran.txt:3: ") == 2
    assert f"{name}: " in result.stderr
    assert reason in result.stderr


def test_a_broken_file_in_a_folder_does_not_hide_its_neighbours(stale, write):
    write("a/rusak.txt", b"\xff\xfe\xff")
    write("a/baik.txt", STALE)
    result = stale("a")
    assert result.exit_code == 2
    assert "a/rusak.txt: " in result.stderr
    assert "a/baik.txt:3: " in result.stdout


def test_a_byte_order_mark_and_an_empty_file_are_no_trouble(stale, write):
    assert stale(write("notepad.txt", "\ufeffLapor ke KASN.".encode())).exit_code == 1
    assert stale(write("kosong.txt", "")).exit_code == 0
