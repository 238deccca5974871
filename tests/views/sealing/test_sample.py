"""`flask credentials sample`: files that an operator may hand round before the first course."""


def test_sample_writes_one_sealed_file_of_each_kind_and_name(app, tmp_path):
    folder = str(tmp_path / "contoh")
    result = app.test_cli_runner().invoke(args=["credentials", "sample", folder])
    assert result.exit_code == 0, result.output
    files = sorted((tmp_path / "contoh").iterdir())
    assert [file.name for file in files] == [
        "kehadiran-biasa.pdf",
        "kehadiran-terpanjang.pdf",
        "pakta-biasa.pdf",
        "pakta-terpanjang.pdf",
        "sertifikat-biasa.pdf",
        "sertifikat-terpanjang.pdf",
    ]
    sealer = app.extensions["press"].sealer()
    assert all(sealer.examine(file.read_bytes()).is_untouched for file in files)
