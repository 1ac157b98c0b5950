"""Who wrote the value that stands there: the words, and which write they are about."""

from datetime import UTC, datetime

import pytest

from writeback.engine.tracing import words_of, writer_of
from writeback.model.canonical import UNSET
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column
from writeback.model.types import AttributeType, Value
from writeback.sdk.capabilities import History, ValueWritten
from writeback.store.outbox import QueuedWrite

COLUMNS = tuple(Column(FieldPath.parse(name), name, AttributeType.TEXT) for name in ("Name", "City"))
ROW = QueuedWrite(1, "R1", None, "v1", '["old","Wien"]', '["new","Graz"]')


def same(kind: AttributeType, ours: Value, theirs: Value) -> bool:
    return ours == theirs


def at(minute: int) -> datetime:
    return datetime(2026, 11, 27, 13, minute, tzinfo=UTC)


def written(field: str, value: Value, minute: int, by: str = "ana") -> ValueWritten:
    return ValueWritten(field, value, at(minute), by)


def writer(*told: ValueWritten, theirs: tuple[object, ...] = ("theirs", "Graz")) -> str:
    found = writer_of(ROW, theirs, History(told), columns=COLUMNS, same=same)  # type: ignore[arg-type]  # values
    return found.by if found is not None else ""


def test_the_writer_is_of_the_value_that_stands_there_instead_of_ours() -> None:
    assert writer(written("name", "theirs", 2, "bea"), written("City", "Graz", 3, "cid")) == "bea"


def test_the_latest_writer_is_named_where_several_fields_differ() -> None:
    told = written("Name", "theirs", 2, "bea"), written("City", "Linz", 3, "cid")
    assert writer(*told, theirs=("theirs", "Linz")) == "cid"
    assert writer(*told, theirs=("theirs", UNSET)) == "bea"


def test_nobody_is_named_for_a_value_that_is_gone_again_or_that_no_history_tells() -> None:
    assert writer(written("Name", "theirs", 2), written("Name", "yet another", 3)) == ""
    assert writer() == ""
    assert writer_of(ROW, ("theirs", "Graz"), None, columns=COLUMNS, same=same) is None


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("ana@acme.test (CRM_UI)", " by ana@acme.test (CRM_UI)"),
        ("", ""),
        (" \n\x1b", ""),
        ("a\nb\u202e<b>", " by a b <b>"),
        ("x" * 500, f" by {'x' * 200}"),
    ],
)
def test_the_words_are_plain_text_on_one_line(by: str, words: str) -> None:
    told = words_of(ValueWritten("Name", "x", at(2), by))
    assert told == f"Changed in the CRM{words} at 2026-11-27 13:02 UTC."
    assert words_of(None) == ""
