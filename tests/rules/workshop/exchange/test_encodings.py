"""A file is read in whatever encoding it was saved, or the sentence says how to save it."""

import codecs

import pytest

from app.workshop.exchange import intake
from app.workshop.exchange.questions import BadFile

GIFT = "::Soal é::Bolehkah “ASN” ikut?{=Tidak ~Ya}\n\n::Dua::Bolehkah?{=Tidak ~Ya}\n"
XML = (
    "<quiz><question type='truefalse'><name><text>Soal é</text></name><questiontext><text>Bolehkah "
    "“ASN” ikut?</text></questiontext><answer fraction='100'><text>true</text></answer></question>"
    "</quiz>"
)
SAVED = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "two marks": lambda text: codecs.BOM_UTF8 * 2 + text.encode(),
    "UTF-16 LE with a mark": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "UTF-16 BE with a mark": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "UTF-16 LE": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: text.encode("utf-16-be"),
    "UTF-32 LE": lambda text: codecs.BOM_UTF32_LE + text.encode("utf-32-le"),
    "UTF-32 BE": lambda text: codecs.BOM_UTF32_BE + text.encode("utf-32-be"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "CRLF in UTF-16": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
}
HEADS = {
    "no declaration": "",
    "UTF-8": '<?xml version="1.0" encoding="UTF-8"?>\n',
    "UTF-16": "<?xml version='1.0' encoding='utf-16' standalone='yes'?>\n",
    "blanks before it": '\n  <?xml version="1.0"?>',
}


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED)
def test_gift_is_read_however_it_was_saved(saved):
    first, second = intake.read(saved(GIFT)).questions
    assert (first.name, first.words.text) == ("Soal é", "Bolehkah “ASN” ikut?")
    assert second.place.number == 3


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED)
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_xml_is_read_however_it_was_saved_and_whatever_it_declares(saved, head):
    (question,) = intake.read(saved(head + XML)).questions
    assert (question.name, question.words.text) == ("Soal é", "Bolehkah “ASN” ikut?")


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252"])
def test_xml_that_declares_an_encoding_of_bytes_is_read_in_it(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>{XML}'.replace("“", '"').replace("”", '"')
    (question,) = intake.read(text.encode(encoding)).questions
    assert question.name == "Soal é"


REFUSED = {
    "Latin-1 as GIFT": (GIFT.replace("“", '"').replace("”", '"').encode("latin-1"), "Simpan ulang"),
    "Windows-1252 as GIFT": (GIFT.encode("cp1252"), "tidak tersimpan sebagai UTF-8"),
    "Latin-1 as XML": (
        XML.replace("“", "").replace("”", "").encode("latin-1"),
        "tidak tersimpan sebagai",
    ),
    "half a letter": (b"\xff\xfea\0b", "Simpan ulang sebagai UTF-8"),
    "a Word file": (b"PK\x03\x04....", "Ini berkas zip (misalnya DOCX, XLSX"),
    "a PDF": (b"%PDF-1.7", "Ini berkas PDF"),
    "a backup": (b"\x1f\x8b\x08", "terkompresi"),
    "only a mark": (codecs.BOM_UTF16_LE, "kosong|tidak memuat satu soal pun"),
}


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
def test_anything_else_is_one_sentence(data, sentence):
    with pytest.raises(BadFile, match=sentence.replace("(", r"\(")) as refusal:
        intake.read(data)
    assert "\n" not in str(refusal.value)
