"""Windows on SQL: the true count, any block, the same order as a plain sort, and nothing written."""

import gc
import json
import random
from collections import abc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gui.seeding import ATTRIBUTES, NOW, rid, seed_everything
from writeback.runtime.reading import Reading
from writeback.runtime.windowing import Filter, Order
from writeback.store import halves
from writeback.store.windows import BLOCK
from writeback.store.workspace import Workspace

ALL, AS_STORED = Filter(), Order()
NAMES = [one.name for one in ATTRIBUTES]


@pytest.fixture(scope="module")
def reads(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Reading]:
    path = tmp_path_factory.mktemp("windows") / "w.writeback"
    seed_everything(path).close()
    made = Reading.open(path, now=lambda: NOW, new_id=lambda: "x")
    yield made
    made.close()


def ids(reads: Reading, what: Filter = ALL, order: Order = AS_STORED) -> list[str]:
    rows = reads.record_rows("account", what=what, order=order)
    count = rows.build()
    found = [row.rid for block in range((count + BLOCK - 1) // BLOCK) for row in rows.block(block)]
    rows.close()
    assert len(found) == count
    return found


def test_every_record_stands_in_the_window_once(reads: Reading) -> None:
    found = ids(reads)
    assert len(found) == 2000
    assert len(set(found)) == 2000


def test_a_block_far_away_holds_the_rows_of_its_place(reads: Reading) -> None:
    rows = reads.record_rows("account")
    rows.build()
    assert [row.rid for row in rows.block(7)] == [rid(number) for number in range(1400, 1600)]
    assert rows.block(99) == ()
    rows.close()


@pytest.mark.parametrize("name", ["name", "arr", "employees", "is_reference", "renewal", "industry"])
@pytest.mark.parametrize("is_descending", [False, True])
def test_sorting_orders_by_value_with_nothing_last(reads: Reading, name: str, *, is_descending: bool) -> None:
    rows = reads.record_rows("account", order=Order(name, is_descending))
    count, place = rows.build(), NAMES.index(name)
    values = [row.values[place] for block in range(count // BLOCK) for row in rows.block(block)]
    rows.close()
    known = [value.casefold() if isinstance(value, str) else value for value in values if value is not None]
    assert known == sorted(known, reverse=is_descending)  # type: ignore[type-var]
    assert all(value is None for value in values[len(known) :])


def test_a_window_that_nobody_closed_is_in_nobodys_way(reads: Reading) -> None:
    for _ in range(12):  # more than there are connections
        left = reads.record_rows("account")
        assert left.build() == 2000
        del left
        gc.collect()


def test_looking_again_keeps_nothing_more(reads: Reading) -> None:
    """Statements are kept compiled: one that names a table made anew is kept beside all earlier ones."""
    kept = reads._glances.readers._compiled_cache  # noqa: SLF001  SQLAlchemy has no other word for it
    assert kept is not None
    ids(reads)
    before = len(kept)
    ids(reads)
    assert len(kept) == before


@given(words=st.text(min_size=1, max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_typed_is_searched_literally(reads: Reading, words: str) -> None:
    rows = reads.record_rows("account", what=Filter(words=words))
    rows.build()
    for row in rows.block(0):
        texts = [str(value).casefold() for value in (row.title, *row.values) if value is not None]
        if words.strip() and words.isascii():
            assert any(words.strip().casefold() in text for text in texts)
    rows.close()


@pytest.mark.parametrize("words", ["%", "_", "\\", "' or 1=1 --", "\0", "a\0b", "[", '","'])
def test_characters_of_sql_are_no_wildcards(reads: Reading, words: str) -> None:
    assert len(ids(reads, Filter(words=words))) < 2000


@pytest.mark.parametrize("words", ["Umbrella", "a_b", "100%", "ümlaut", "no such words", "Ltd"])
@pytest.mark.parametrize("order", [AS_STORED, Order("name", is_descending=True)])
def test_a_search_by_halves_finds_what_one_search_finds(
    reads: Reading, monkeypatch: pytest.MonkeyPatch, words: str, order: Order
) -> None:
    whole = ids(reads, Filter(words=words), order)
    monkeypatch.setattr(halves, "WORTH", 2)
    ids(reads)
    asked: list[str | None] = []
    find = halves.find
    monkeypatch.setattr(halves, "find", lambda *a, **k: asked.append(find(*a, **k)) or asked[-1])
    assert ids(reads, Filter(words=words), order) == whole
    assert sorted(json.loads(asked[0] or "")) == sorted(whole)
    monkeypatch.setattr(halves, "FOUND_MOST", 0)
    assert ids(reads, Filter(words=words), order) == whole
    assert asked[1] is None or not whole


def test_conditions_compare_numbers_as_numbers(reads: Reading) -> None:
    found = reads.record_rows("account", what=Filter(text="arr >= 899000"))
    found.build()
    values = [row.values[NAMES.index("arr")] for row in found.block(0)]
    found.close()
    assert values
    assert all(value >= 899_000 for value in values)  # type: ignore[operator]


def test_every_rule_and_its_contrary_share_the_records_out(reads: Reading) -> None:
    for name, value in (("industry", "Retail"), ("is_reference", "true"), ("employees", "420")):
        held = set(ids(reads, Filter(text=f"{name} = '{value}'")))
        rest = set(ids(reads, Filter(text=f"{name} != '{value}'")))
        assert not held & rest
        assert len(held | rest) == 2000
    empty = set(ids(reads, Filter(text="industry is blank")))
    filled = set(ids(reads, Filter(text="industry is not blank")))
    assert len(empty) + len(filled) == 2000


def test_marks_select_records_with_pending_edits(reads: Reading) -> None:
    assert ids(reads, Filter(marks=frozenset({"draft"}))) == [rid(0), rid(3), rid(5)]
    assert ids(reads, Filter(marks=frozenset({"refused", "conflict"}))) == [rid(4), rid(6)]


def test_a_record_is_found_in_any_order(reads: Reading) -> None:
    rows = reads.record_rows("account", order=Order("name", is_descending=True))
    rows.build()
    rng = random.Random(5)  # noqa: S311  a seeded sample
    for number in rng.sample(range(2000), 20):
        place = rows.place_of(rid(number))
        assert place is not None
        assert rows.block(place // BLOCK)[place % BLOCK].rid == rid(number)
    assert rows.place_of("nobody") is None
    rows.close()


def test_the_rows_of_a_job_add_up_over_its_outcomes(reads: Reading) -> None:
    detail = reads.job("j2")
    assert detail is not None
    total = 0
    for outcome in (
        "applied",
        "rejected",
        "unchanged",
        "conflict",
        "unknown",
        "blocked",
        "cancelled",
        "open",
    ):
        rows = reads.job_rows("j2", outcome=outcome)
        count = rows.build()
        found = [row for block in range((count + BLOCK - 1) // BLOCK) for row in rows.block(block)]
        assert {row.outcome for row in found} <= {outcome}
        assert count == getattr(detail.job.counts, outcome)
        rows.close()
        total += count
    assert total == detail.job.counts.rows


def test_rows_that_no_batch_was_cut_for_are_open(tmp_path: Path) -> None:
    path = tmp_path / "w.writeback"
    with seed_everything(path, records=20) as workspace, workspace.writing() as db:
        db.exec_driver_sql("delete from batches where job_id = 'j2' and no > 3")
        db.exec_driver_sql("delete from outcomes where job_id = 'j2'")
    reads = Reading.open(path, now=lambda: NOW, new_id=lambda: "x")
    rows = reads.job_rows("j2", outcome="open")
    assert rows.build() == 1199 - 600
    assert rows.block(0)[0].seq == 601
    rows.close()
    reads.close()


def test_a_plan_shows_every_wished_field_and_every_finding(reads: Reading) -> None:
    rows = reads.plan_rows(["j7"])
    count = rows.build()
    found = rows.block(0)
    rows.close()
    assert count == len(found) == 14
    assert [row.verdict for row in found] == sorted(
        (row.verdict for row in found), key=["conflict", "blocked", "send", "unchanged"].index
    )
    assert {(row.seq, row.field) for row in found if row.verdict == "send"} == {
        (1, "Industry"), (2, "Industry"), (3, "Industry"), (3, "Owner.Email"),
        (4, "Industry"), (5, "Industry"), (6, "Industry"), (6, "Owner.Email"),
    }  # fmt: skip


def test_an_open_window_does_not_keep_the_log_from_being_emptied(tmp_path: Path) -> None:
    path = tmp_path / "w.writeback"
    seed_everything(path).close()
    reads = Reading.open(path, now=lambda: NOW, new_id=lambda: "x")
    rows = reads.record_rows("account", order=Order("name"))
    rows.build()
    rows.block(0)
    with Workspace.open(path, now=lambda: NOW, new_id=lambda: "y") as workspace:
        with workspace.writing() as db:
            db.exec_driver_sql("update rec_account set health = 1")
        workspace.checkpoint()
    log = path.with_name(path.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0
    assert rows.block(0)[0].values[NAMES.index("health")] == 1
    rows.close()
    reads.close()


def test_a_reading_workspace_takes_no_write(tmp_path: Path) -> None:
    path = tmp_path / "w.writeback"
    seed_everything(path, records=1).close()
    before = path.read_bytes()
    reads = Reading.open(path, now=lambda: NOW, new_id=lambda: "x")
    for ask in (reads.pulse, reads.connections, reads.jobs, reads.drafts, reads.integrations):
        ask()
    reads.record_rows("account").build()
    reads.close()
    assert path.read_bytes() == before
