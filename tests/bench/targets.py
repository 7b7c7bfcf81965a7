"""The targets of the portal, as ratios of contestants."""

from dataclasses import dataclass
from statistics import median

Results = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    work: str
    figure: float
    must: float
    aim: float
    lower: bool

    @property
    def reached(self) -> str:
        if self._within(self.aim):
            return "aim"
        return "must" if self._within(self.must) else "MISSED"

    def _within(self, limit: float) -> bool:
        return self.figure <= limit if self.lower else self.figure >= limit


@dataclass(frozen=True, slots=True)
class Target:
    """The ratio of two contestants' rates, median over the runs."""

    work: str
    above: str
    below: str
    must: float
    aim: float
    lower: bool = False

    def measured(self, results: Results) -> Row:
        runs = zip(results[self.above], results[self.below], strict=True)
        figure = median(above / below for above, below in runs)
        return Row(self.work, figure, self.must, self.aim, self.lower)


def share(work: str, portal: str, raw: str, must: float, aim: float) -> Target:
    """The portal's rate as a share of PostgreSQL's own."""
    return Target(work, portal, raw, must, aim)


def growth(work: str, usual: str, harder: str) -> Target:
    """How many times longer the harder request takes than the usual one."""
    return Target(work, usual, harder, 1.2, 1.1, lower=True)


TARGETS: list[Target] = [
    share("submit a report / raw INSERT", "submit", "raw insert", 0.05, 0.10),
    share("report list / raw SELECT", "reports large", "raw reports", 0.03, 0.06),
    share("action plan / raw SELECT", "plan large", "raw plan", 0.03, 0.06),
    growth("report list at 100,000 / at 1,000", "reports small", "reports large"),
    growth("action plan at 100,000 / at 1,000", "plan small", "plan large"),
    growth("register at 84,000 / at 1,000", "register small", "register large"),
    growth(
        "map of the nation at 84,000 / at 1,000",
        "map of the nation small",
        "map of the nation large",
    ),
    growth(
        "map of a province at 84,000 / at 1,000",
        "map of a province small",
        "map of a province large",
    ),
    growth("a village's page at 84,000 / at 1,000", "overview small", "overview large"),
    Target(
        "village search / a plain page", "plain page", "village search", 2, 1.2, True
    ),
    growth("report list, deep / page 1", "reports large", "reports deep"),
    growth("action plan, deep / page 1", "plan large", "plan deep"),
    growth("report list, filtered / unfiltered", "reports large", "reports filtered"),
    growth("action plan, filtered / unfiltered", "plan large", "plan filtered"),
    growth("an agency's plan / the Kanwil's", "plan large", "plan of an agency"),
]
