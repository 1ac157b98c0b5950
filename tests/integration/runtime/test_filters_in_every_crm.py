"""The comparisons that a builder offers, against each bundled CRM: taken and counted, or refused in words.

Also: a filter that is stored selects in a pull what it counted, and a preview reads under it.
"""

from collections import Counter, abc
from dataclasses import dataclass
from pathlib import Path

import pytest

from writeback.errors import MappingError
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Operator
from writeback.model.integrations import EmptyRule, FieldMapping, Integration
from writeback.model.types import AttributeType
from writeback.planning.filtering import FilterLine, fitting, join_values, takes_none, takes_several
from writeback.runtime.facade import ConnectionWish, IntegrationWish
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.manifest import CrmObject
from writeback.sdk.values import FieldInfo
from writeback.settings import load

CONNECTORS = ("dynamics", "hubspot", "salesforce", "zoho")
ROWS = 30
COUNTED = 2
TEXTS = {
    AttributeType.BOOLEAN: "true",
    AttributeType.DATE: "2026-01-31",
    AttributeType.DATETIME: "2026-01-31T10:00:00Z",
    AttributeType.EMAIL: "ana@acme.test",
    AttributeType.URL: "https://acme.test",
}


@dataclass
class Crm:
    """One connected CRM with its first object."""

    runtime: Runtime
    object: CrmObject

    def count(self, condition: str = "") -> int:
        return self.runtime.count("C", self.object.name, condition)

    def compiled(self, path: str, operator: Operator, text: str) -> str:
        line = FilterLine(path, operator, text)
        return self.runtime.compile_filter("C", self.object.name, ((line,),))

    def try_compiled(self, path: str, operator: Operator, text: str) -> str | None:
        """Compile; None where the CRM's language has no such comparison."""
        try:
            return self.compiled(path, operator, text)
        except MappingError as error:
            if error.code != "filter.not_expressible":
                raise
            return None

    def fields(self) -> dict[AttributeType, FieldInfo]:
        """Give one plain field of each type; the record's id takes ids alone."""
        found: dict[AttributeType, FieldInfo] = {}
        description = self.runtime.describe("C", self.object.name)
        for info in description.fields:
            if info.kind is not None and info.reference is None and info.name != description.key_field:
                found.setdefault(info.kind, info)
        return found


@pytest.fixture(params=CONNECTORS)
def crm(request: pytest.FixtureRequest, tmp_path: Path) -> abc.Iterator[Crm]:
    with start_simulator(SimulatorWish(request.param, rows=ROWS)) as running:
        token = tmp_path / "token"
        token.write_text(running.token)
        token.chmod(0o600)
        with Runtime.open(tmp_path / "w" / "w.writeback", settings=load({}), create=True) as runtime:
            wish = ConnectionWish("C", request.param, endpoint=running.url, token_file=str(token))
            runtime.connect(wish, act="a1")
            yield Crm(runtime, runtime.manifest(request.param).objects[0])


def test_each_comparison_is_counted_or_refused_in_words(crm: Crm) -> None:
    everything = crm.count()
    assert everything > 0
    taken: set[Operator] = set()
    asked: Counter[AttributeType] = Counter()
    for kind, info in crm.fields().items():
        sample = info.options[0].value if info.options else TEXTS.get(kind, "1")
        for operator in fitting(kind):
            several = takes_several(operator)
            text = "" if takes_none(operator) else join_values((sample,)) if several else sample
            condition = crm.try_compiled(info.name, operator, text)
            if condition is None:
                continue
            taken.add(operator)
            if asked[kind] < COUNTED:  # each count is a call, and some CRMs take few a second
                asked[kind] += 1
                assert 0 <= crm.count(condition) <= everything, (info.name, operator)
    assert {Operator.EQUALS, Operator.ONE_OF, Operator.IS_BLANK, Operator.IS_FILLED} <= taken


def test_blank_and_filled_make_the_whole(crm: Crm) -> None:
    names = {info.kind: info.name for info in crm.fields().values()}
    path = names.get(AttributeType.URL) or names[AttributeType.TEXT]
    counts = [crm.count(crm.compiled(path, one, "")) for one in (Operator.IS_BLANK, Operator.IS_FILLED)]
    assert sum(counts) == crm.count()


def test_a_stored_filter_pulls_what_it_counted_and_rules_are_previewed(crm: Crm) -> None:
    runtime, name = crm.runtime, crm.object.name
    made: Integration = runtime.add_integration(IntegrationWish("C", name, "account"), act="i1")
    description = runtime.describe("C", name)
    fields = crm.fields()
    kinds = (AttributeType.INTEGER, AttributeType.NUMBER, AttributeType.CURRENCY)
    number = next(fields[kind] for kind in kinds if kind in fields)
    mappings = (
        FieldMapping(FieldPath.parse(description.name_field), "name", empty_rule=EmptyRule.KEEP),
        FieldMapping(FieldPath.parse(number.name), "size", empty_rule=EmptyRule.DEFAULT, empty_default="7"),
    )
    runtime.map_fields(made.id, mappings, act="m1")
    everything = runtime.pull(made.id, act="p1").read
    condition = crm.compiled(number.name, Operator.IS_FILLED, "")
    wanted = crm.count(condition)
    assert runtime.change_filter(made.id, condition, act="f1").filter == condition
    report = runtime.pull(made.id, act="p2")
    assert (report.is_incremental, report.read, report.gone) == (False, wanted, everything - wanted)
    told = runtime.preview(made.id, limit=ROWS)
    assert len(told.rows) == wanted
    runtime.change_filter(made.id, "", act="f2")
    for row in runtime.preview(made.id, limit=ROWS).rows:
        cell = row.cells[1]
        assert cell.code == ""
        assert (cell.kept, cell.empty) == ((cell.raw, None) if cell.raw else ("7", EmptyRule.DEFAULT))
    assert runtime.doctor().ok
