import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select

from tests.unit.store.making import START, create
from writeback.errors import InternalError
from writeback.store import audit, schema, sqlite
from writeback.store.workspace import Workspace

ENTRIES = 12


def fill(workspace: Workspace, entries: int = ENTRIES) -> list[str]:
    with workspace.writing() as db:
        return [
            audit.append(db, at=START, act="job.submitted", body={"job": f"j{number}", "rows": number})
            for number in range(entries)
        ]


def test_an_untouched_chain_verifies(workspace: Workspace) -> None:
    heads = fill(workspace)
    with workspace.reading() as db:
        checked = audit.verify(db, noted_head=heads[4])
        assert checked.is_whole
        assert (checked.entries, checked.head) == (ENTRIES, heads[-1])
        assert audit.head(db) == heads[-1]


def test_an_empty_trail_is_whole(workspace: Workspace) -> None:
    with workspace.reading() as db:
        assert audit.verify(db, noted_head=audit.FIRST).is_whole


@pytest.mark.parametrize("statement", ["update audit set act = 'x'", "delete from audit"])
def test_the_database_refuses_to_change_the_trail(workspace: Workspace, statement: str) -> None:
    fill(workspace, 1)
    with pytest.raises(InternalError), workspace.writing() as db:
        db.exec_driver_sql(statement)
    with workspace.reading() as db:
        assert audit.verify(db).entries == 1


tampering = st.one_of(
    st.tuples(st.just("delete"), st.integers(1, ENTRIES - 1), st.just(0)),
    st.tuples(st.just("swap"), st.integers(1, ENTRIES), st.integers(1, ENTRIES)).filter(
        lambda t: t[1] != t[2]
    ),
    st.tuples(
        st.sampled_from(["act", "body", "at", "hash", "previous"]), st.integers(1, ENTRIES), st.just(0)
    ),
    st.tuples(st.just("cut"), st.integers(1, ENTRIES), st.just(0)),
    st.tuples(st.just("insert"), st.integers(1, ENTRIES), st.just(0)),
)


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[tuple[object, ...]], str]:
    with create(tmp_path_factory.mktemp("trail")) as workspace:
        heads = fill(workspace)
        with workspace.reading() as db:
            return [tuple(row) for row in db.execute(select(schema.audit))], heads[-1]


def tampered(rows: list[tuple[object, ...]], how: tuple[str, int, int]) -> list[tuple[object, ...]]:
    act, one, other = how
    rows = [*rows]
    if act == "delete":
        return rows[: one - 1] + rows[one:]
    if act == "cut":
        return rows[: one - 1]
    if act == "insert":
        return (
            rows[:one] + [(one + 1, *rows[one - 1][1:])] + [(int(str(r[0])) + 1, *r[1:]) for r in rows[one:]]
        )
    if act == "swap":
        rows[one - 1], rows[other - 1] = (one, *rows[other - 1][1:]), (other, *rows[one - 1][1:])
        return rows
    place = ["seq", "at", "act", "body", "previous", "hash"].index(act)
    changed = list(rows[one - 1])
    changed[place] = f"{changed[place]}0"
    rows[one - 1] = tuple(changed)
    return rows


@settings(max_examples=60)
@given(how=tampering)
def test_whoever_noted_the_head_finds_every_change(
    trail: tuple[list[tuple[object, ...]], str], how: tuple[str, int, int]
) -> None:
    rows, head = trail
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(":memory:"))
    with engine.begin() as db:
        schema.metadata.create_all(db)
        sqlite.many(db, "insert into audit values (?,?,?,?,?,?)", tampered(rows, how))
        assert not audit.verify(db, noted_head=head).is_whole
    engine.dispose()


def test_one_value_has_one_digest_in_a_workspace(workspace: Workspace) -> None:
    with workspace.writing() as db:
        first, again, other = (audit.digest(db, text) for text in ("Retail", "Retail", "Energy"))
    assert first == again != other
    assert "Retail" not in first


def test_entries_tell_who_did_what(workspace: Workspace) -> None:
    fill(workspace, 3)
    with workspace.reading() as db:
        told = audit.entries(db, after=1)
    assert [entry.body["job"] for entry in told] == ["j1", "j2"]
