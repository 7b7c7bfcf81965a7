"""The file of the permission matrix: how it is read and how it is laid out.

`python -m tests.matrix.grid` sorts the rows of matrix.csv and aligns its columns.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

GRID = Path(__file__).parents[1] / "matrix.csv"
PLACES = ("none", "own", "foreign")


@dataclass(frozen=True, slots=True)
class Row:
    """The statuses of one request, by the role that sends it."""

    route: str
    place: str
    method: str
    statuses: dict[str, int]

    @property
    def request(self) -> tuple[str, str, str]:
        return self.route, self.place, self.method

    def __str__(self) -> str:
        return " ".join(self.request)


def read_grid() -> list[Row]:
    """Rows as the file has them; a blank or missing cell is an error."""
    with GRID.open(newline="") as file:
        header, *lines = ([cell.strip() for cell in line] for line in csv.reader(file))
    roles = header[3:]
    return [
        Row(
            route,
            place,
            method,
            {role: int(cell) for role, cell in zip(roles, cells, strict=True)},
        )
        for route, place, method, *cells in lines
    ]


def grid_as_text(rows: list[Row]) -> str:
    """The file's text: sorted by route and place, every column of one width."""
    ordered = sorted(
        rows, key=lambda row: (row.route, PLACES.index(row.place), row.method)
    )
    table = [
        ["route", "place", "method", *rows[0].statuses],
        *([*row.request, *map(str, row.statuses.values())] for row in ordered),
    ]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = (
        ",".join(
            cell.ljust(width) if column < 3 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in table
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    GRID.write_text(grid_as_text(read_grid()))
