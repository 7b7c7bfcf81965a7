"""The colours of the theme, two by two: readable outdoors on a cracked phone."""

import re
from pathlib import Path

import pytest
from django.conf import settings

THEME = Path(settings.BASE_DIR, "static/css/theme.css").read_text().split("@media")[0]
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", THEME))


def brightness(name: str) -> float:
    digits = COLOURS[name][1:]
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["paper", "paper-soft", "navy-50"])
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "navy-700"])
def test_text_reads_seven_to_one(ink: str, ground: str):
    assert contrast(ink, ground) >= 7


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("paper", "accent"),
        ("paper", "navy-800"),
        ("paper", "navy-700"),
        ("navy-100", "navy-700"),
        ("done-ink", "done"),
        ("moving-ink", "moving"),
        ("waiting-ink", "waiting"),
        ("late-ink", "late"),
        ("late", "late-soft"),
        ("quiet-ink", "quiet"),
        ("ink", "training"),
    ],
)
def test_buttons_and_badges_read_well(ink: str, ground: str):
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "navy-50", "waiting", "done"])
def test_borders_of_entries_and_the_dark_ring_are_seen(ground: str):
    assert contrast("focus-edge", ground) >= 3
    assert contrast("line-strong", "paper") >= 3
    assert contrast("focus", "navy-800") >= 3


def test_states_differ_in_lightness_not_only_in_hue():
    grounds = [brightness(name) for name in ("done", "moving", "late")]
    assert grounds == sorted(grounds, reverse=True)
    assert contrast("done", "moving") > 1.15
    assert contrast("moving", "late") > 3
