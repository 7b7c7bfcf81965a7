"""A line through numbers: zero at its foot, the highest at its head, gaps left open."""

from villages.register.presenters.line_chart import HEIGHT, MARGIN, WIDTH, line_chart


def test_the_highest_number_lies_at_the_head_and_zero_at_the_foot() -> None:
    line = line_chart([("a", 0), ("b", 4)])
    assert [(dot.x, dot.y) for dot in line.dots] == [
        (MARGIN, HEIGHT - MARGIN),
        (WIDTH - MARGIN, MARGIN),
    ]
    assert len(line.paths) == 1


def test_a_missing_number_breaks_the_line() -> None:
    line = line_chart([("a", 1), ("b", None), ("c", 1), ("d", 2)])
    assert [dot.label for dot in line.dots] == ["a", "c", "d"]
    assert [len(path.split()) for path in line.paths] == [1, 2]


def test_no_values_and_only_zeros_are_rendered() -> None:
    assert line_chart([]).dots == []
    assert [dot.y for dot in line_chart([("a", 0)]).dots] == [HEIGHT - MARGIN]
