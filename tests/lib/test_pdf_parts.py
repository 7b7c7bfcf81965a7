"""A PDF that is kept holds pages and what may be on them, nothing that acts."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from desabinaan.lib.files.pdfs import clean_pdf
from tests.lib.samples import action, writer, written

#: written in each forbidden part, and looked for afterwards
MARK = "TANDAX"


def text(words: str = MARK) -> TextStringObject:
    return TextStringObject(words)


def kept(made: PdfWriter) -> tuple[PdfReader, bytes]:
    content = clean_pdf(written(made))
    return PdfReader(BytesIO(content)), content


def name(word: str) -> NameObject:
    return NameObject(f"/{word}")


def with_annotation(kind: str, **entries: Any) -> PdfWriter:
    made = writer()
    area = ArrayObject(map(NumberObject, (0, 0, 90, 20)))
    found = {name("Type"): name("Annot"), name("Subtype"): name(kind)}
    found[name("Rect")] = area
    found |= {name(key): value for key, value in entries.items()}
    reference = made._add_object(DictionaryObject(found))
    made.pages[0][name("Annots")] = ArrayObject([reference])
    return made


def opens(address: str) -> DictionaryObject:
    return action("/URI", URI=text(address))


def acting(event: str) -> DictionaryObject:
    return DictionaryObject({name(event): opens(MARK)})


def link_with(verb: str, **entries: Any) -> PdfWriter:
    return with_annotation("Link", A=action(f"/{verb}", **entries))


def external(made: PdfWriter) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(b"BT ET")
    stream[name("F")] = text(f"//server/{MARK}")
    stream[name("FFilter")] = name("FlateDecode")
    return stream


def with_external_content() -> PdfWriter:
    made = writer()
    made.pages[0][name("Contents")] = made._add_object(external(made))
    return made


def with_external_picture() -> PdfWriter:
    made = writer()
    picture = external(made)
    picture[name("Type")], picture[name("Subtype")] = name("XObject"), name("Form")
    picture[name("OPI")] = DictionaryObject({name("F"): text()})
    found = DictionaryObject({name("Gambar"): made._add_object(picture)})
    made.pages[0][name("Resources")] = DictionaryObject({name("XObject"): found})
    return made


def with_page_key(key: str) -> Callable[[], PdfWriter]:
    def build() -> PdfWriter:
        made = writer()
        made.pages[0][name(key)] = DictionaryObject({name("D"): text()})
        return made

    return build


def on_the_page_tree() -> PdfWriter:
    made = writer()
    parent: Any = made.pages[0]["/Parent"]
    parent[name("AA")] = acting("O")
    return made


@pytest.mark.parametrize(
    "build",
    [
        lambda: link_with("GoToR", F=text(), D=text()),
        lambda: link_with("GoToE", F=text(), T=DictionaryObject()),
        lambda: link_with("GoTo", Next=opens(f"http://x/{MARK}")),
        lambda: link_with("URI", URI=text(f"javascript:{MARK}")),
        lambda: link_with("URI", URI=text(f" JavaScript:{MARK}")),
        lambda: link_with("URI", URI=text(f"file:///{MARK}")),
        lambda: link_with("URI", URI=text(f"java\nscript:{MARK}")),
        lambda: link_with("URI", URI=text(f"\\\\server\\{MARK}")),
        lambda: link_with("Thread", F=text()),
        lambda: link_with("SetOCGState", State=ArrayObject([text()])),
        lambda: link_with("Named", N=name(MARK)),
        lambda: with_annotation("Link", AA=acting("E")),
        lambda: with_annotation("Link", PA=opens(MARK)),
        lambda: with_annotation("Widget", AA=acting("Fokus")),
        lambda: with_annotation("Widget", T=text(), V=text()),
        lambda: with_annotation("Popup", Contents=text()),
        lambda: with_annotation("Projection", Contents=text()),
        lambda: with_annotation("Text", T=text(), RC=text()),
        with_external_content, with_external_picture, on_the_page_tree,
        *map(with_page_key, ("AA", "Thumb", "PieceInfo", "Trans", "PresSteps", "VP")),
        with_page_key("Antah"),
    ],
)  # fmt: skip
def test_it_is_taken_off_and_the_page_stays(build: Callable[[], PdfWriter]) -> None:
    made = build()
    assert MARK.encode() in written(made)
    reader, content = kept(made)
    assert len(reader.pages) == 1
    assert MARK.encode() not in content
    acting = rb"/AA\b|/GoToR|/GoToE|javascript|/FFilter|/OPI|/Launch|/Next"
    assert not re.search(acting, content, re.IGNORECASE)


def test_notes_and_the_addresses_of_links_stay() -> None:
    made = writer(2)
    made.add_annotation(0, FreeText(text="Catatan rapat", rect=(0, 0, 90, 20)))
    made.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://contoh.go.id/sk"))
    made.add_annotation(0, Link(rect=(9, 9, 19, 19), target_page_index=1))
    reader, _content = kept(made)
    note, address, page = (one.get_object() for one in reader.pages[0]["/Annots"])
    assert note["/Contents"] == "Catatan rapat"
    assert address["/A"]["/URI"] == "https://contoh.go.id/sk"
    aim = page["/Dest"] if "/Dest" in page else page["/A"]["/D"]
    assert aim[0].get_object() == reader.pages[1] or aim[0] == 1


def test_the_size_and_the_turn_of_a_page_stay() -> None:
    made = writer()
    made.pages[0].rotate(90)
    reader, _content = kept(made)
    assert (reader.pages[0].rotation, float(reader.pages[0].mediabox.width)) == (
        90,
        595,
    )
