"""The empty spreadsheet that people fill with figures."""

import csv
import io

from villages.selectors.figure_imports import HEADINGS

#: tells Excel that the text is UTF-8
MARK = "\ufeff"


def figure_template() -> bytes:
    """A CSV file as Excel opens it here: one row of headings, parted by semicolons."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerow(
        words[0].capitalize() for words in HEADINGS.values()
    )
    return f"{MARK}{text.getvalue()}".encode()
