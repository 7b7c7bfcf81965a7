"""Which secret keys start a portal."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from desabinaan.lib.crypto.secret_keys import refuse_weak_key

STRONG = "q7Z" + "".join(chr(33 + 5 * n % 89) for n in range(61))


def test_a_long_random_key_starts_any_portal():
    refuse_weak_key(STRONG, demonstration=False)
    refuse_weak_key(STRONG, demonstration=True)


def test_a_practice_key_starts_the_demonstration():
    refuse_weak_key(f"latihan-{STRONG}", demonstration=True)


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("", "not set"),
        (STRONG[:49], "too weak"),
        ("abcd" * 20, "too weak"),
        (f"django-insecure-{STRONG}", "insecure"),
        (f"latihan-{STRONG}", "DEMO=1"),
    ],
)
def test_a_weak_key_is_refused_in_one_sentence(key, word):
    with pytest.raises(ImproperlyConfigured, match=word) as refusal:
        refuse_weak_key(key, demonstration=False)
    assert "\n" not in str(refusal.value)
