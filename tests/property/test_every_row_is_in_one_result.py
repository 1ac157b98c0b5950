"""Whatever was left out, tried, refused or lost: each row is in one result file, with its own end."""

import csv
from collections import Counter, abc
from pathlib import Path
from random import Random

import pytest

from tests.doubles.lengths import examples
from tests.integration.planning.planning_desk import Desk
from tests.unit.store.making import create
from writeback.engine.proposing import Proposed
from writeback.engine.reading_files import CsvFile
from writeback.engine.reporting import write_result_files
from writeback.engine.source_files import describe_file
from writeback.engine.terms import Terms
from writeback.model.changes import Origin
from writeback.store import plan_parts, plans, sqlite
from writeback_minimal.crm import seeded

RECORDS = 12
ENDS = ("applied", "rejected", "unknown", "conflict", "cancelled", "unchanged")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Desk]:
    folder = tmp_path_factory.mktemp("results")
    with create(folder) as workspace:
        yield Desk(workspace, folder, seeded(RECORDS))


def test_each_row_is_in_one_result_file_with_its_own_end(desk: Desk) -> None:
    seen: Counter[str] = Counter()
    for seed in range(examples(12, nightly=500)):
        seen += one_file(desk, Random(seed))  # noqa: S311  a test's dice
    assert seen.keys() >= {"plan.left_out", "plan.not_tried", "plan.field_left_out", "crm.rejected"}


def one_file(desk: Desk, dice: Random) -> Counter[str]:
    """Let one file end as it happens to, and hold its result files against that; gives their codes."""
    numbers = dice.sample(range(1, RECORDS + 3), dice.randint(6, RECORDS))
    table = [(one, dice.choice(["Energy", "Mining", "Bogus"]), dice.randint(0, 9)) for one in numbers]
    path = desk.file("Id,Industry,Employees", *(f"A{number},{word},{size}" for number, word, size in table))
    terms = Terms(Origin.FILE, source=describe_file(CsvFile(path)))
    plan = desk.propose_file(path, terms=terms)
    verdicts = {row.seq: row.verdict for row in desk.rows(plan)}
    sent = [seq for seq, verdict in verdicts.items() if verdict == "send"]
    whole, field = left_out(desk, plan, sent, dice)
    left = [seq for seq in sent if seq not in whole]
    tried = some_of(left, dice, most=4)
    (job,) = (group.job_id for group in plan.groups)
    jobs, ended = [], dict[int, str]()
    if tried:
        with desk.workspace.writing() as db:
            made = plan_parts.split(
                db, plan.id, rows={job: tried}, new_id=desk.workspace.new_id, at=desk.workspace.now()
            )
        jobs += desk.submit(made)
        ended |= end(desk, jobs[-1], tried, dice)
    rest = [seq for seq in left if seq not in tried]
    goes_on = not tried or dice.random() < 0.5
    jobs += desk.submit(plan.id) if goes_on else [job]
    ended |= end(desk, job, rest, dice) if goes_on else dict.fromkeys(rest, "not tried")
    ended |= dict.fromkeys(whole, "left out") | {
        seq: verdict for seq, verdict in verdicts.items() if verdict != "send"
    }
    good, bad = results(desk, jobs, path)
    assert sorted([*good, *bad]) == list(range(1, len(table) + 1)), "each row in exactly one"
    for seq, told in ended.items():
        is_part = seq in field and told in ("applied", "unchanged") and seq in sent
        assert (seq in good) == (told in ("applied", "unchanged") and not is_part), (seq, told)
        if seq in bad:
            expected = {"not tried": "plan.not_tried", "left out": "plan.left_out"}.get(told, "")
            code, message = bad[seq]
            if is_part:
                assert code == "plan.field_left_out"
            elif expected:
                assert code == expected
            elif told in ENDS:
                assert (code, message) == (f"crm.{told}", f"about row {seq}"), "its own error, nobody else's"
    return Counter(code for code, _ in bad.values())


def some_of(rows: abc.Sequence[int], dice: Random, *, most: int) -> list[int]:
    return dice.sample(rows, dice.randint(0, min(most, len(rows))))


def left_out(desk: Desk, plan: Proposed, sent: abc.Sequence[int], dice: Random) -> tuple[set[int], set[int]]:
    """Leave some rows out, and a field of others; gives both, as they turned out."""
    rows, fields = some_of(sent, dice, most=2), some_of(sent, dice, most=2)
    (job,) = (group.job_id for group in plan.groups)
    with desk.workspace.writing() as db:
        parts = [plan_parts.Part(job, tuple(rows))] if rows else []
        parts += [plan_parts.Part(job, tuple(fields), "Employees")] if fields else []
        plan_parts.leave_out(db, plan.id, parts)
        places = plan_parts.places_left_out(db, job)
        plans.jobs_of(db, plan.id)
    whole = {seq for seq, place in places.items() if place == plan_parts.ROW}
    return whole, set(places) - whole


def end(desk: Desk, job: str, rows: abc.Sequence[int], dice: Random) -> dict[int, str]:
    """Play the worker and the CRM: each row ends as it happens to."""
    found = {seq: dice.choice(ENDS) for seq in rows}
    told = ((job, seq, how, f"crm.{how}", f"about row {seq}") for seq, how in found.items())
    with desk.workspace.writing() as db:
        sqlite.run(db, "update batches set outcome = 'applied', state = 'settled' where job_id = ?", (job,))
        sqlite.many(
            db,
            "insert into outcomes (job_id, seq, outcome, code, message, fields, at) "
            "values (?, ?, ?, ?, ?, '[]', '')",
            told,
        )
    return found


def results(
    desk: Desk, jobs: abc.Sequence[str], source: Path
) -> tuple[dict[int, tuple[str, str]], dict[int, tuple[str, str]]]:
    good, bad = desk.folder / "yes.csv", desk.folder / "no.csv"
    write_result_files(
        desk.workspace, jobs, source, written=good, not_written=bad, sentence=lambda code, _facts: code
    )
    return read(good), read(bad)


def read(path: Path) -> dict[int, tuple[str, str]]:
    found = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            seq = int(row["_writeback_row"]) - 1
            assert seq not in found, "twice in one file"
            found[seq] = row["_writeback_code"], row["_writeback_message"]
    return found
