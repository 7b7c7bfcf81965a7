"""Who runs: pages of the portal and PostgreSQL itself, each from two processes."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from multiprocessing import get_context
from urllib.parse import urlencode
from uuid import uuid4

import psycopg

from tests.bench.portals import Portal

PROCESSES = 2
CSRF = "a" * 32
ANY, JSON = "*/*", "application/json"
LISTS = {"reports": "/laporan/bulanan/", "plan": "/rencana-aksi/"}
FILTERED = {"reports": "?status=verified", "plan": "?status=in_progress"}
PAGES_DEEP = 40
NATION = "/desa/peta/titik/?zoom=5&bbox=95,-11,141,6"
PROVINCE = "/desa/peta/titik/?zoom=9&bbox=104,-8,106,-6"
SEARCH = "/desa/cari/?q=desa+a1"
#: pages over the register of villages, at both sizes
VILLAGES = {
    "register": "/desa/",
    "map of the nation": NATION,
    "map of a province": PROVINCE,
}
FIGURES = (
    "outreach_held", "people_reached", "coordination_meetings", "office_questions",
    "job_offers_heard", "new_recruiters_seen", "departures_known",
    "departures_undocumented", "returns_known", "returns_with_problems",
    "families_without_news", "foreigners_reported",
)  # fmt: skip
RAW_INSERT = """
INSERT INTO bench_report (slot_id, outreach_held, people_reached,
    coordination_meetings, office_questions, job_offers_heard, new_recruiters_seen,
    departures_known, departures_undocumented, returns_known, returns_with_problems,
    families_without_news, foreigners_reported, is_nil, channel, entered_by_id,
    submitted_at, version)
VALUES (%s, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, false, 'portal', 1, now(), 1)
"""
RAW_REPORTS = """
SELECT s.id, s.month, s.due_on, s.status, v.name, v.district_name, v.region_id,
       r.is_nil, r.channel, r.submitted_at, u.name
FROM monthly_reportslot s
JOIN register_village v ON v.id = s.village_id
LEFT JOIN monthly_monthlyreport r ON r.slot_id = s.id
LEFT JOIN accounts_user u ON u.id = r.entered_by_id
ORDER BY s.month DESC, s.id DESC LIMIT 25
"""
RAW_PLAN = """
SELECT a.id, a.title, a.due_on, a.status, a.percent, g.short_name,
       ARRAY(SELECT v.name || ', ' || v.district_name FROM plan_actionvillage av
             JOIN register_village v ON v.id = av.village_id
             WHERE av.action_id = a.id ORDER BY v.name)
FROM plan_action a JOIN agencies_agency g ON g.id = a.lead_agency_id
WHERE a.agreed_at IS NOT NULL
ORDER BY a.due_on, a.id LIMIT 25
"""
Work = Callable[[float, int], int]


@dataclass(frozen=True, slots=True)
class Contestant:
    """Work done by two processes at once; `run` answers how often a second."""

    work: Callable[..., int]
    arguments: tuple[object, ...]

    def run(self, seconds: float, pool: ProcessPoolExecutor) -> float:
        jobs = [
            pool.submit(self.work, seconds, number, *self.arguments)
            for number in range(PROCESSES)
        ]
        return sum(job.result() for job in jobs) / seconds


def runners() -> ProcessPoolExecutor:
    """The processes in which every contestant runs, started before the first run."""
    return ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"))


def contestants(small: Portal, large: Portal) -> dict[str, Contestant]:
    """Everybody by name, in the order in which they take turns."""
    _raw_table(large)
    kanwil = large.people["bench.kanwil"]
    field = {
        "submit": Contestant(submit, (large.port, large.database, large.slots)),
        "raw insert": Contestant(insert, (large.database,)),
        "raw reports": Contestant(select, (large.database, RAW_REPORTS)),
        "raw plan": Contestant(select, (large.database, RAW_PLAN)),
        "plan of an agency": Contestant(
            get, (large.port, large.people["bench.dinas"], LISTS["plan"])
        ),
    }
    field |= _of_villages(small, large)
    for name, path in LISTS.items():
        deep = _deep(large.port, kanwil, path)
        field |= {
            f"{name} small": Contestant(
                get, (small.port, small.people["bench.kanwil"], path)
            ),
            f"{name} large": Contestant(get, (large.port, kanwil, path)),
            f"{name} deep": Contestant(get, (large.port, kanwil, deep)),
            f"{name} filtered": Contestant(
                get, (large.port, kanwil, path + FILTERED[name])
            ),
        }
    return field


def _of_villages(small: Portal, large: Portal) -> dict[str, Contestant]:
    """The register, the map, a village's page and the search field, 1,000 to 84,000."""
    field = {}
    for size, portal in (("small", small), ("large", large)):
        kanwil = portal.people["bench.kanwil"]
        code = portal.slots[0][1]
        for name, path in (VILLAGES | {"overview": f"/desa/{code}/"}).items():
            field[f"{name} {size}"] = Contestant(get, (portal.port, kanwil, path))
    there = (large.port, large.people["bench.kanwil"])
    field["village search"] = Contestant(get, (*there, SEARCH, JSON))
    field["plain page"] = Contestant(get, (*there, "/bantuan/"))
    return field


def weight(portal: Portal, path: str, accept: str = ANY) -> int:
    """Bytes of the answer as it travels, compressed."""
    session = portal.people["bench.kanwil"]
    return len(_asked(portal.port, "GET", path, session, "", 200, accept))


def get(
    seconds: float, _number: int, port: int, session: str, path: str, accept: str = ANY
) -> int:
    """Pages fetched one after another for so many seconds; anything but 200 ends it."""
    return _until(seconds, lambda: _asked(port, "GET", path, session, "", 200, accept))


def submit(
    seconds: float,
    number: int,
    port: int,
    database: str,
    slots: list[tuple[str, str, str]],
) -> int:
    """Monthly reports sent, each to a slot that is open again before the run."""
    mine = slots[number::PROCESSES]
    _reopen(database, mine)
    waiting = iter(mine)

    def send() -> None:
        session, code, month = next(waiting)
        body = urlencode(
            dict.fromkeys(FIGURES, "1")
            | {
                "csrfmiddlewaretoken": CSRF,
                "client_uuid": str(uuid4()),
                "version": "0",
            }
        )
        path = f"{LISTS['reports']}{code}/{month}/isi/"
        _asked(port, "POST", path, session, body, 302)

    return _until(seconds, send)


def insert(seconds: float, number: int, database: str) -> int:
    with psycopg.connect(database, autocommit=True) as connection:
        keys = _fresh_keys(number)
        return _until(
            seconds,
            lambda: connection.execute(RAW_INSERT, [next(keys)], prepare=True),
        )


def select(seconds: float, _number: int, database: str, statement: str) -> int:
    with psycopg.connect(database, autocommit=True) as connection:
        return _until(
            seconds, lambda: connection.execute(statement, prepare=True).fetchall()
        )


def _until(seconds: float, work: Callable[[], object]) -> int:
    end = time.perf_counter() + seconds
    for done in count(1):
        work()
        if time.perf_counter() >= end:
            return done
    raise AssertionError


def _asked(
    port: int,
    method: str,
    path: str,
    session: str,
    body: str,
    wanted: int,
    accept: str = ANY,
) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": accept,
        "Accept-Encoding": "gzip" if method == "GET" and wanted == 200 else "",
    }
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    read = answer.read()
    connection.close()
    if answer.status != wanted:
        raise SystemExit(f"{method} {path} answered {answer.status}, not {wanted}.")
    return read


def _deep(port: int, session: str, path: str) -> str:
    """The address some forty pages on, found as a reader finds it: by the link."""
    path_now = path
    for _step in range(PAGES_DEEP):
        page = _plain(port, session, path_now)
        found = re.search(r'href="(\?[^"]*setelah=[^"]+)"', page)
        if found is None:
            break
        path_now = path + found[1].replace("&amp;", "&")
    return path_now


def _plain(port: int, session: str, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
    return connection.getresponse().read().decode()


def _fresh_keys(number: int) -> Iterator[int]:
    """Slot numbers that no other run or process takes."""
    return count(time.time_ns() // 1000 * 10 + number, 10)


def _raw_table(portal: Portal) -> None:
    """A table with the columns, constraints and indexes of the real one."""
    with psycopg.connect(portal.database, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_report")
        connection.execute(
            "CREATE TABLE bench_report (LIKE monthly_monthlyreport INCLUDING ALL)"
        )


def _reopen(database: str, slots: list[tuple[str, str, str]]) -> None:
    """The slots are open again and without a report."""
    wanted = [(code, f"{month}-01") for _session, code, month in slots]
    with psycopg.connect(database) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            "CREATE TEMP TABLE again ON COMMIT DROP AS SELECT s.id FROM unnest("
            "%s::text[], %s::date[]) w (code, month) "
            "JOIN register_village v ON v.region_id = w.code "
            "JOIN monthly_reportslot s ON s.village_id = v.id AND s.month = w.month",
            [[code for code, _m in wanted], [month for _c, month in wanted]],
        )
        for statement in (
            "DELETE FROM monthly_reportversion WHERE report_id IN (SELECT id FROM "
            "monthly_monthlyreport WHERE slot_id IN (SELECT id FROM again))",
            "DELETE FROM monthly_monthlyreport WHERE slot_id IN (SELECT id FROM again)",
            "UPDATE monthly_reportslot SET status = 'open' "
            "WHERE id IN (SELECT id FROM again)",
        ):
            connection.execute(statement)
