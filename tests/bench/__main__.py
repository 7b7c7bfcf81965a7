"""Speed as ratios, measured run by run with all contestants in turn.

    python -m tests.bench [RUNS]

Two portals (1,000 and 84,000 villages, two workers each) and raw psycopg processes
take turns; each ratio is taken within one run, and the median over the runs is printed
beside the target. The server, the database and the load share the machine, so absolute
figures are for orientation only.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from statistics import median

from tests.bench.bulk import bulk_rows
from tests.bench.contestants import (
    JSON,
    NATION,
    SEARCH,
    Contestant,
    contestants,
    runners,
    weight,
)
from tests.bench.portals import Portal, portals
from tests.bench.targets import TARGETS, Row

RUNS = 5
SECONDS = 2.0
WARM_UP = 0.5


def main(runs: int) -> int:
    with portals() as (small, large):
        field = contestants(small, large)
        with runners() as pool:
            for contestant in field.values():
                contestant.run(WARM_UP, pool)
            results = _race(field, runs, pool)
        _print_rates(results)
        rows = [target.measured(results) for target in TARGETS]
        rows += [_memory(large), *_weights(large)]
        rows += bulk_rows(small)
    return _print_table(rows)


def _race(
    field: dict[str, Contestant], runs: int, pool: ProcessPoolExecutor
) -> dict[str, list[float]]:
    """Return requests per second by contestant, one figure per run."""
    rates: dict[str, list[float]] = {name: [] for name in field}
    for number in range(runs):
        for name, contestant in field.items():
            rates[name].append(contestant.run(SECONDS, pool))
        print(f"run {number + 1} of {runs} done", flush=True)
    return rates


def _memory(portal: Portal) -> Row:
    used = portal.memory() / 1e6
    return Row("memory of two workers after the load, MB", used, 300, 200, lower=True)


def _weights(portal: Portal) -> list[Row]:
    search = weight(portal, SEARCH, JSON) / 1e3
    nation = weight(portal, NATION) / 1e3
    near = weight(portal, NATION.replace("zoom=5", "zoom=16")) / 1e3
    return [
        Row("village search at 84,000, kB", search, 3, 1, lower=True),
        Row("map of 84,000 villages, kB compressed", nation, 200, 30, lower=True),
        Row("the same, asked as near as possible", near, 200, 60, lower=True),
    ]


def _print_rates(results: dict[str, list[float]]) -> None:
    print(f"\n{'contestant':<36}{'median/s':>10}{'min':>9}{'max':>9}")
    for name, rates in results.items():
        print(f"{name:<36}{median(rates):>10.0f}{min(rates):>9.0f}{max(rates):>9.0f}")


def _print_table(rows: list[Row]) -> int:
    print(f"\n{'work':<60}{'figure':>8}{'must':>8}{'aim':>8}")
    for row in rows:
        print(
            f"{row.work:<60}{row.figure:>8.3g}{row.must:>8}{row.aim:>8}  {row.reached}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
