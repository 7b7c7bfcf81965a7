"""Search and sort: PostgreSQL folds the stored text and the typed words by one rule."""

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desabinaan.accounts.models import User
from desabinaan.lib.text.folded_columns import Folded
from desabinaan.lib.text.folding import folded
from desabinaan.lib.text.searching import is_too_short, matching
from fgd.sessions.models import Session
from tests.dataset import Dataset, make_session

pytestmark = pytest.mark.django_db

#: what people type here: Latin letters, digits, signs, also full-width and raised ones
LATIN = st.characters(max_codepoint=0x24F, blacklist_characters="\0ßŉ")
SIGNS = st.sampled_from("/-–—_.,;:#<>()'’`\"&|!*@%+\u00a0\u200b\u2028²½ﬁＡ１")
TEXTS = st.text(LATIN | SIGNS, max_size=60)
#: nothing is kept between two inputs that matters
MANY = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def folded_by_database(text: str) -> str:
    with connection.cursor() as cursor:
        sql, params = User.objects.values_list(
            Folded(Concat(Value(text), Value("")))
        ).query.sql_with_params()
        cursor.execute(sql.partition(" FROM ")[0], params)
        return str(cursor.fetchone()[0])


@given(TEXTS)
@MANY
def test_the_database_folds_as_the_program_does(db: None, text: str) -> None:
    assert folded_by_database(text) == folded(text)


@pytest.fixture
def theme(dataset: Dataset) -> Session:
    return make_session(dataset.serang, dataset.people["serang"])


def finds(session: Session, typed: str) -> bool:
    return matching(Session.objects.filter(pk=session.pk), typed).exists()


@given(words=st.lists(st.text(LATIN, min_size=1, max_size=12), max_size=10), sign=SIGNS)
@MANY
def test_whatever_is_stored_is_found_by_its_own_words(
    theme: Session, words: list[str], sign: str
) -> None:
    text = sign.join(words)
    Session.objects.filter(pk=theme.pk).update(theme=text, venue="")
    assert finds(theme, text)
    for word in folded(text).split():
        assert finds(theme, word)
        assert finds(theme, word[: len(word) // 2 + 1])


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Pencegahan TPPO/TPPM di desa", "TPPM"),
        ("Rapat MoU-2026 lanjutan", "2026"),
        ("Rapat MoU-2026 lanjutan", "mou-2026"),
        ("Evaluasi 2025/2026", "2026"),
        ("Perlindungan PMI/TKI nonprosedural", "TKI"),
        ("Ruang Rapat Lt.2/Gedung", "gedung"),
        ("Cegah <TPPO> #desabinaan", "tppo"),
        ("Renée à Cilegon", "renee"),
        ("Renee di Cilegon", "Renée"),
        ("Salat Jum'at", "jumat"),
        ("Salat Jum\u2019at", "JUM'AT"),
        ("surat@imigrasi.go.id/berkas_baru.pdf", "baru"),
        ("Pukul 08.30-11.00", "11.00"),
        ("Anggaran -15%", "15"),
        ("Ｒａｐａｔ", "rapat"),
    ],
)
def test_words_are_found_across_signs_case_and_accents(
    theme: Session, text: str, typed: str
) -> None:
    Session.objects.filter(pk=theme.pk).update(theme=text, venue="")
    assert finds(theme, typed)
    assert not finds(theme, "lontar")


def test_a_word_is_found_by_its_beginning_only(theme: Session) -> None:
    Session.objects.filter(pk=theme.pk).update(theme="Pencegahan", venue="")
    assert finds(theme, "pence")
    assert not finds(theme, "cegah")


def test_all_of_the_first_eight_words_are_needed(theme: Session) -> None:
    Session.objects.filter(pk=theme.pk).update(theme="a b c d e f g h", venue="")
    assert finds(theme, "a b c d e f g h zzz")
    assert not finds(theme, "a b c d e f g zzz")


def test_what_folds_to_less_than_two_letters_is_too_short() -> None:
    assert [is_too_short(typed) for typed in ("é", "-a-", "'", "a-b", "²3")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_a_name_is_found_inside_with_accents_and_signs_aside(dataset: Dataset) -> None:
    person = dataset.people["pimpasa"]
    User.objects.filter(pk=person.pk).update(name="Renée Pulo-Panjang")
    for typed in ("renee", "RENÉE", "pulo panjang", "nee", "lo-pan"):
        found = User.objects.filter(name__folded_contains=typed)
        assert list(found) == [person]
    assert not User.objects.filter(name__folded_contains="reno").exists()
