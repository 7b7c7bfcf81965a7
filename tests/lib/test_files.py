from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from PIL import Image
from pypdf import PdfReader

from desabinaan.lib.files.pictures import without_camera_data
from desabinaan.lib.files.storage import FileNotStored
from desabinaan.lib.files.uploads import (
    IMAGE,
    IMAGE_OR_PDF,
    LIMIT,
    PDF,
    FileGone,
    clean_upload,
    serve,
    stored_together,
)
from tests.lib import samples
from tests.lib.samples import upload

ORDINARY = samples.ordinary()
MALICIOUS = samples.malicious()


def refusal(name: str, content: bytes, kinds=IMAGE_OR_PDF) -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        clean_upload(upload_named(name, content), kinds)
    return refused.value


def upload_named(name: str, content: bytes):
    """An upload with that very name: Django would already drop folders from it."""
    sent = upload("x", content)
    vars(sent)["_name"] = name
    return sent


def test_the_collections_have_the_intended_size() -> None:
    assert len(MALICIOUS) >= 60
    assert len(ORDINARY) >= 20


@pytest.mark.parametrize("name", MALICIOUS)
def test_a_file_made_to_harm_is_refused_with_a_sentence(name: str) -> None:
    sentence = refusal(name, MALICIOUS[name]).messages[0]
    assert sentence.endswith(".")


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_file_is_taken(name: str) -> None:
    clean = clean_upload(upload_named(name, ORDINARY[name]), IMAGE_OR_PDF)
    assert clean.size == len(clean.content.read()) > 0
    assert clean.content.name is not None
    assert clean.content.name.endswith(f".{clean.extension}")


def test_a_30_mb_photo_hears_its_size_and_the_limit() -> None:
    sentence = refusal("foto.jpg", bytes(30 * 1024 * 1024)).messages[0]
    assert "30" in sentence
    assert "10" in sentence


def test_ten_megabytes_and_a_byte_is_not_called_ten_megabytes() -> None:
    sentence = refusal("foto.jpg", bytes(LIMIT + 1)).messages[0]
    assert "10,1" in sentence or "10.1" in sentence


def test_a_large_file_is_refused_before_it_is_read() -> None:
    class Unread(ContentFile):
        def read(self, *args):
            raise AssertionError

    sent = upload("foto.jpg", b"x")
    sent.file = Unread(b"x")
    sent.size = LIMIT + 1
    with pytest.raises(ValidationError):
        clean_upload(sent, IMAGE_OR_PDF)


def test_kinds_are_kept_to() -> None:
    assert refusal("foto.jpg", samples.jpg(), PDF).code == "kind"
    assert refusal("surat.pdf", samples.pdf(), IMAGE).code == "kind"


# --- Pictures ----------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_loses_place_and_serial_number_and_is_upright(
    orientation: int,
) -> None:
    sent = samples.photo_with_gps(orientation)
    kept = clean_upload(upload("foto.jpg", sent), IMAGE).content.read()
    assert samples.GPS_WORDS in sent
    for trace in (samples.GPS_WORDS, b"Exif", b"SERIAL", b"ICC_PROFILE", b"IIII"):
        assert trace not in kept
    with Image.open(BytesIO(kept)) as image:
        assert not image.getexif()
        assert image.size == ((400, 300) if orientation < 5 else (300, 400))


def test_a_picture_loses_its_words_and_keeps_its_holes() -> None:
    kept = clean_upload(upload("a.png", samples.png_with_words()), IMAGE).content.read()
    assert b"Rahasia" not in kept
    with Image.open(BytesIO(kept)) as image:
        assert (image.format, image.mode) == ("PNG", "RGBA")


def kept_picture(name: str, content: bytes) -> Image.Image:
    """Return the stored picture of an upload, decoded again."""
    kept = clean_upload(upload(name, content), IMAGE).content.read()
    return Image.open(BytesIO(kept))


@pytest.mark.parametrize(
    ("samples_sent", "colour", "shown"),
    [
        ((0, 30_000, 65_535), 0, [(0,) * 3, (116,) * 3, (255,) * 3]),
        ((0, 257, 32_896), 0, [(0,) * 3, (1,) * 3, (128,) * 3]),
        ((65_535, 30_000, 0), 2, [(255, 117, 0)]),
        ((30_000, 65_535), 4, [(117, 117, 117, 255)]),
    ],
)
def test_a_scan_of_sixteen_bits_stays_readable(
    samples_sent: tuple[int, ...], colour: int, shown: list[tuple[int, ...]]
) -> None:
    kept = kept_picture("scan.png", samples.deep_png(*samples_sent, colour=colour))
    assert [kept.getpixel((x, 0)) for x in range(kept.width)] == shown


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_each_png_kind_keeps_light_and_dark(mode: str) -> None:
    half = Image.new("RGBA", (20, 10), "white")
    half.paste("black", (0, 0, 10, 10))
    sent = BytesIO()
    grey = half.convert("L").convert("I").point(lambda level: level * 257)
    (grey.convert("I;16") if mode == "I;16" else half.convert(mode)).save(sent, "PNG")
    kept = kept_picture("a.png", sent.getvalue()).convert("RGB")
    assert kept.getpixel((2, 5)) == (0, 0, 0)
    assert kept.getpixel((17, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_picture_of_each_jpg_kind_keeps_light_and_dark(mode: str) -> None:
    half = Image.new("RGB", (64, 32), "white")
    half.paste("black", (0, 0, 32, 32))
    sent = BytesIO()
    half.convert(mode).save(sent, "JPEG")
    kept = kept_picture("a.jpg", sent.getvalue()).convert("L").tobytes()
    middle = kept[16 * 64 : 17 * 64]
    assert max(middle[:24]) < 10
    assert min(middle[40:]) > 245


def test_a_palette_keeps_its_transparent_colour() -> None:
    sent = BytesIO()
    plate = Image.new("P", (2, 1))
    plate.putpalette([200, 0, 0, 0, 0, 200])
    plate.putpixel((1, 0), 1)
    plate.save(sent, "PNG", transparency=0)
    kept = kept_picture("a.png", sent.getvalue())
    assert kept.getpixel((0, 0)) == (200, 0, 0, 0)
    assert kept.getpixel((1, 0)) == (0, 0, 200, 255)


def test_a_large_photo_is_made_smaller() -> None:
    clean = clean_upload(upload("a.jpg", samples.jpg(6000, 500)), IMAGE)
    with Image.open(clean.content) as image:
        assert image.size == (2400, 200)


def test_a_small_photo_keeps_its_size() -> None:
    clean = clean_upload(upload("a.jpg", samples.jpg(64, 48)), IMAGE)
    with Image.open(clean.content) as image:
        assert image.size == (64, 48)


@pytest.mark.parametrize("cut", [10, 500, 5000])
def test_a_photo_that_was_cut_off_is_refused(cut: int) -> None:
    assert refusal("a.jpg", samples.noisy_jpg(120, 120)[:-cut]).code == "broken"


def test_too_many_pixels_have_their_own_sentence() -> None:
    assert refusal("a.png", samples.png_head(50_000, 50_000)).code == "pixels"
    assert refusal("a.jpg", samples.jpg_claiming(60_000, 60_000)).code == "pixels"


# --- PDFs --------------------------------------------------------------------


def test_a_pdf_keeps_its_pages_and_loses_its_metadata() -> None:
    kept = clean_upload(upload("a.pdf", samples.pdf(3)), PDF).content.read()
    reader = PdfReader(BytesIO(kept))
    assert len(reader.pages) == 3
    assert not reader.metadata
    assert b"Rahasia" not in kept


def test_a_photo_inside_a_pdf_loses_its_place_and_stays_a_photo() -> None:
    sent = samples.pdf_of_photo()
    kept = clean_upload(upload("a.pdf", sent), PDF).content.read()
    assert samples.GPS_WORDS in sent
    assert samples.GPS_WORDS not in kept
    (photo,) = PdfReader(BytesIO(kept)).pages[0].images
    assert photo.image is not None
    assert photo.image.size == (400, 300)


def test_a_photo_cut_anywhere_is_blanked_without_a_fall() -> None:
    photo = samples.photo_with_gps()
    for cut in range(700):
        assert len(without_camera_data(photo[:cut])) <= cut


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (MALICIOUS["i1.pdf"], "script"),
        (samples.with_action("/JavaScript"), "script"),
        (samples.with_page_action("/JavaScript"), "script"),
        (samples.with_page_action("/Launch"), "program"),
        (MALICIOUS["i2.pdf"], "files"),
        (MALICIOUS["i3.pdf"], "encrypted"),
        (samples.locked_by_aes_256(), "encrypted"),
        (MALICIOUS["i4.pdf"], "program"),
        (MALICIOUS["i5.pdf"], "form"),
        (MALICIOUS["i6.pdf"], "media"),
        (samples.with_action("/SubmitForm"), "sends"),
        (MALICIOUS["j3.pdf"], "broken"),
        (MALICIOUS["j4.pdf"], "broken"),
    ],
)
def test_each_thing_a_pdf_may_not_carry_has_its_own_sentence(
    content: bytes, code: str
) -> None:
    assert refusal("a.pdf", content).code == code


def test_a_script_under_a_disguised_name_is_found() -> None:
    plain = samples.with_action("/JavaScript")
    disguised = plain.replace(b"/JavaScript", b"/J#61v#61Script")
    assert disguised != plain
    assert refusal("a.pdf", disguised).code == "script"


def test_a_pdf_that_only_opens_on_a_page_is_taken() -> None:
    clean = clean_upload(upload("a.pdf", samples.with_action("/GoTo")), PDF)
    assert b"OpenAction" not in clean.content.read()


# --- Keeping and giving out --------------------------------------------------


def test_the_stored_name_is_random_and_owes_nothing_to_the_sender() -> None:
    names = {
        clean_upload(upload("Budi.jpg", samples.jpg()), IMAGE).content.name
        for _again in range(3)
    }
    assert len(names) == 3
    assert not any("Budi" in str(name) for name in names)


@pytest.fixture
def uploads(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored_file(name: str) -> FieldFile:
    return FieldFile(None, FileField(storage=default_storage), name)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_file_goes_when_its_transaction_fails(uploads: Path) -> None:
    name = default_storage.save("evidence/a.jpg", ContentFile(b"x"))
    with pytest.raises(ZeroDivisionError):
        _store_and_fail(name)
    assert not default_storage.exists(name)


def _store_and_fail(name: str) -> None:
    with stored_together() as stored:
        stored.append(stored_file(name))
        raise ZeroDivisionError


@pytest.mark.django_db
def test_a_file_stays_when_its_transaction_holds(uploads: Path) -> None:
    name = default_storage.save("evidence/a.jpg", ContentFile(b"x"))
    with stored_together() as stored:
        stored.append(stored_file(name))
    assert default_storage.exists(name)


@pytest.mark.django_db
def test_a_pdf_is_saved_and_never_kept_by_the_browser(uploads: Path) -> None:
    name = default_storage.save("evidence/a.pdf", ContentFile(b"%PDF"))
    answer = serve(stored_file(name), "bukti.pdf", "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="bukti.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    answer.close()


@pytest.mark.django_db
def test_a_picture_is_shown_under_the_name_given(uploads: Path) -> None:
    name = default_storage.save("evidence/a.jpg", ContentFile(b"x"))
    answer = serve(stored_file(name), "foto balai.jpg", "image/jpeg")
    assert answer["Content-Disposition"] == 'inline; filename="foto balai.jpg"'
    answer.close()


@pytest.mark.parametrize("name", ["evidence/missing.jpg", ""])
def test_a_file_missing_on_the_disk_raises_file_gone(uploads: Path, name: str) -> None:
    with pytest.raises(FileGone):
        serve(stored_file(name), "a.jpg", "image/jpeg")


def test_a_full_disk_leaves_no_half_file(uploads: Path) -> None:
    class Torn(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(28, "No space left on device")

    with pytest.raises(FileNotStored):
        default_storage.save("evidence/a.jpg", Torn(b"whole"))
    assert not default_storage.exists("evidence/a.jpg")


def test_uploads_have_no_address() -> None:
    with pytest.raises(ValueError, match="no address"):
        default_storage.url("evidence/a.jpg")
