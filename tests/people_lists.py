"""Lists of people for tests: as a file, as the page posts them, as it answers."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

Words = Mapping[str, Sequence[str]]
Person = Mapping[str, str]


def file_of(
    headings: Words, people: Iterable[Person], kind: str = "csv"
) -> SimpleUploadedFile:
    rows = [[words[0] for words in headings.values()]]
    rows += [[person[column] for column in headings] for person in people]
    if kind == "csv":
        text = StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        return SimpleUploadedFile("daftar.csv", text.getvalue().encode())
    book, out = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return SimpleUploadedFile("daftar.xlsx", out.getvalue())


def form_data(people: Sequence[Person]) -> dict[str, str]:
    """The rows as the page posts them."""
    sent = {"baris-TOTAL_FORMS": str(len(people)), "baris-INITIAL_FORMS": "0"}
    for number, person in enumerate(people):
        sent |= {f"baris-{number}-{name}": value for name, value in person.items()}
    return sent


def filled(template: bytes, person: Iterable[str]) -> SimpleUploadedFile:
    """The template with one row below its headings."""
    book, out = openpyxl.load_workbook(BytesIO(template)), BytesIO()
    book.active.append(list(person))
    book.save(out)
    return SimpleUploadedFile("daftar.xlsx", out.getvalue())


def page(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def tokens(answer) -> list[str]:
    """The tokens of the links that the page shows this once."""
    words = page(answer).split('name="token" value="')[1:]
    return [word.split('"')[0] for word in words]


def sharing(person: Person, shared: str) -> list[dict[str, str]]:
    """Two people of whom the second has the `shared` datum of the first."""
    one = {"email": "a@contoh.id", "phone": "0812 1111 1111"}
    other = {"name": "Dewi", "username": "d", "email": "b@contoh.id"}
    other |= {"phone": "0813 1111 1111", shared: ({**person, **one})[shared]}
    return [one, other]
