"""What people write into a cell that has nothing to say."""

from desabinaan.lib.text.folding import plain_signs, without_case

#: written around a word for nothing, or instead of one
SIGNS = " -._/,;:()[]…?"
WORDS = {
    "", "0", "x", "xx", "xxx", "n/a", "na", "nil", "nihil", "none", "null", "kosong",
    "tidak ada", "tak ada", "tdk ada", "tidak punya", "belum ada", "blm ada", "belum",
    "tidak diketahui", "tidak tahu",
}  # fmt: skip


def says_nothing(text: str) -> bool:
    """Tell whether the text is blank, only such signs, or a word for nothing.

    For texts: in a column of numbers "0" is a number.
    """
    return without_case(plain_signs(text)).strip(SIGNS) in WORDS


def meant(text: str) -> str:
    """Return the text, or "" when it says nothing."""
    return "" if says_nothing(text) else text


def number_meant(text: str) -> str:
    """Return the text of a number, day or time, or "": there a 0 says something."""
    return text if "0" in text else meant(text)
