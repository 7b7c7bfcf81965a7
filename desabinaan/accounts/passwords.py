"""Rules for passwords, with our own error messages, and one-time secrets."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User

LONGEST = 128
#: Without characters that look alike on paper: I, L, O, 0, 1.
CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10
CODE_GROUP = 5


def refuse_weak(password: str, user: User) -> None:
    """Raise ValidationError on the field `password` if it is too weak."""
    if len(password) > LONGEST:
        raise ValidationError(
            {
                "password": [
                    _("The password is longer than 128 characters. Please shorten it.")
                ]
            }
        )
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        messages = [_own_words(error) for error in refusal.error_list]
        raise ValidationError({"password": messages}) from None


def rules() -> list[str]:
    """Return the rules as sentences, to be shown beside the form."""
    return [
        _("At least 12 characters; three or four words are easy to remember."),
        _("Not your own name, user name, e-mail address or telephone number."),
        _("Not only digits, and no password that many people use."),
    ]


def _own_words(error: ValidationError) -> str:
    texts = {
        "password_too_short": _(
            "The password is too short. Use at least 12 characters, "
            "for example three or four words."
        ),
        "password_too_similar": _(
            "The password resembles your name, user name or address. "
            "Choose words that have nothing to do with you."
        ),
        "password_too_common": _(
            "Many people use this password, so it is tried first. Choose another one."
        ),
        "password_entirely_numeric": _(
            "The password has digits only. Add words or letters."
        ),
    }
    return texts.get(error.code or "", "") or error.messages[0]


# --- One-time secrets --------------------------------------------------------


def fresh_token() -> str:
    """Return the random token of a one-time link."""
    return secrets.token_urlsafe(32)


def fresh_code() -> str:
    """Return ten random characters in two groups, such as "K7MPQ-4TXWA"."""
    signs = "".join(secrets.choice(CODE_SIGNS) for _each in range(CODE_LENGTH))
    return f"{signs[:CODE_GROUP]}-{signs[CODE_GROUP:]}"


def plain_code(typed: str) -> str:
    """Return the typed code in the form in which it was issued."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return f"{signs[:CODE_GROUP]}-{signs[CODE_GROUP:]}"


def fingerprint(secret: str, *, of: int | None = None) -> str:
    """Return what is stored of a secret; a code is bound to the account `of`.

    Keyed, because a code is short enough to be guessed from a plain hash.
    """
    bound = secret if of is None else f"{of}:{secret}"
    return salted_hmac("password ticket", bound, algorithm="sha256").hexdigest()
