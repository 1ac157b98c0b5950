"""Awkward files: each is read exactly as it says, or refused with the line that cannot be read."""

from collections import abc

import pytest

from tests.integration.planning.awkward import CORPUS, Awkward
from tests.integration.planning.planning_desk import Desk
from tests.unit.store.making import create
from writeback.engine import file_formats
from writeback.engine.gathering_files import FileWish, gather_file
from writeback.engine.proposing import propose
from writeback.engine.source_files import open_source
from writeback.engine.terms import Terms
from writeback.errors import ConfigurationError
from writeback.model.changes import Origin
from writeback.model.file_mappings import FileMapping
from writeback.model.source_formats import SourceFormat
from writeback.model.types import AttributeType
from writeback.planning.inputs import PlanStream
from writeback.runtime.sentences import sentence_of


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Desk]:
    folder = tmp_path_factory.mktemp("awkward")
    with create(folder) as workspace:
        yield Desk(workspace, folder)


def gathered(desk: Desk, one: Awkward) -> tuple[PlanStream, ...]:
    path = desk.folder / one.name
    path.write_bytes(one.data)
    file = open_source(path, encoding=one.encoding, sheet=one.sheet, has_header=one.has_header)
    mapping = FileMapping() if one.has_header else FileMapping((("A", "Id"), ("B", "Name")))
    wish = FileWish("Account", one.key, form=one.form, mapping=mapping)
    return gather_file(file, wish, desk.reach(desk.connection.id), integrations=(desk.integration,))


@pytest.mark.parametrize("one", CORPUS, ids=lambda one: one.name)
def test_a_file_is_read_as_it_says_or_refused_with_its_line(desk: Desk, one: Awkward) -> None:
    if one.refused:
        with pytest.raises(ConfigurationError) as caught:
            propose(gathered(desk, one), Terms(Origin.FILE), workspace=desk.workspace, reach_of=desk.reach)
        assert (caught.value.code, caught.value.facts.get("line", 0)) == (one.refused, one.line)
        assert "?" not in str(sentence_of(one.refused, caught.value.facts).happened)
        return
    streams = gathered(desk, one)
    plan = propose(streams, Terms(Origin.FILE), workspace=desk.workspace, reach_of=desk.reach)
    rows = desk.rows(plan)
    paths = [str(column.path) for column in streams[0].columns]
    assert len(rows) == len(one.rows)
    for row, (record, path, told) in zip(sorted(rows, key=lambda row: row.seq), one.rows, strict=True):
        if path == "blocked":
            assert (row.verdict, row.code) == ("blocked", told)
        else:
            assert (row.verdict, row.record_id) == ("send", record), row
            assert row.new[paths.index(path)] == told
    if one.lines:
        assert streams[0].line_of is not None
        assert (
            tuple(streams[0].line_of(row.seq) for row in sorted(rows, key=lambda row: row.seq)) == one.lines
        )


def test_what_comes_late_in_a_file_says_how_all_of_it_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_formats, "DIFFERENT", 3)
    thousands = [f"1.{number}" for number in range(230, 250)]
    path = desk.folder / "late.csv"
    lines = [f"A{at};{text}" for at, text in enumerate([*thousands, "1.234,5"])]
    path.write_text("\n".join(["Id;Revenue", *lines]))
    file = open_source(path)
    found = file_formats.find_formats(
        file, (file_formats.Typed(1, "Revenue", AttributeType.NUMBER),), SourceFormat()
    )
    assert found[1].decimal is not None, "1.230 is more than a thousand here"


def test_the_corpus_holds_at_least_thirty_files() -> None:
    assert len({one.name for one in CORPUS}) == len(CORPUS) >= 30
