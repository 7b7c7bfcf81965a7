"""Lists of people for tests: as a file, brought to its pages, as they answer."""

import csv
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from typing import Any, cast

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desabinaan.uploads.columns import Columns
from desabinaan.uploads.kinds import ListKind, U
from desabinaan.uploads.models import Upload, UploadRow
from tests.uploads.buttons import press

Person = Mapping[str, str]


def file_of(
    headings: Columns, people: Iterable[Person], kind: str = "csv"
) -> SimpleUploadedFile:
    rows = [[known.words[0] for known in headings.values()]]
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


def bring(
    client: Client, kind: ListKind[U], file: SimpleUploadedFile, **columns: str
) -> U:
    """Upload the file and have its rows checked; `columns` answers what is asked."""
    file.seek(0)
    start = kind.start_crumbs(None)[-1][1]
    answer = client.post(start, {"file": file})
    assert answer.status_code == 302, page(answer)
    form = client.get(answer["Location"]).context["form"]
    preset = {name: form.initial[name] or "-" for name in form.fields}
    answer = client.post(answer["Location"], preset | columns)
    assert answer.status_code == 302, page(answer)
    newest: U = cast(Any, kind.model).objects.latest("pk")
    return newest


def detail(client: Client, kind: ListKind[Any], upload: Upload) -> str:
    return page(client.get(kind.url("detail", upload.pk)))


def send(client: Client, kind: ListKind[U], upload: U) -> U:
    """Press the button that saves the ready rows; return the list as it is then."""
    press(client, kind, upload, "commit")
    upload.refresh_from_db()
    return upload


def edit(
    client: Client, kind: ListKind[Any], row: UploadRow, **cells: str
) -> UploadRow:
    """Correct cells of a row on its own page; the others stay."""
    address = kind.url("row", row.parent_id, row.pk)
    form = client.get(address).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    answer = client.post(address, shown | cells)
    assert answer.status_code == 302, page(answer)
    row.refresh_from_db()
    return row


def problems_of(kind: ListKind[Any], row: UploadRow) -> str:
    return " ".join(kind.sentence(*one) for one in row.problems)


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
