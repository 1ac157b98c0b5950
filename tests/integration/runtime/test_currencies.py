"""An amount in a record's own currency: shown with its code in the plan, written as it is."""

from collections import abc
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

import pytest

from tests.doubles.shared_account import FourCrms
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping
from writeback.model.types import AttributeType
from writeback.runtime.facade import PlanSource

PATHS = {
    "salesforce": "Contract_Value__c",
    "hubspot": "annualrevenue",
    "dynamics": "creditlimit",
    "zoho": "Annual_Revenue",
}


@pytest.fixture
def four(tmp_path: Path) -> abc.Iterator[FourCrms]:
    with ExitStack() as stack:
        made = FourCrms.start(tmp_path, stack)
        made.add("value", AttributeType.CURRENCY)
        for connector, path in PATHS.items():
            made.map(connector, FieldMapping(FieldPath.parse(path), "value", write_back=True))
        made.pull()
        yield made
        assert made.runtime.doctor().ok, made.runtime.doctor().invariants


def test_the_plan_names_the_currency_where_the_crm_does_and_the_amount_stays_as_it_is(four: FourCrms) -> None:
    four.edit("value", "1234.5", send=False)
    plan = four.runtime.propose(PlanSource(kind="drafts"), act="plan")
    rows = list(four.runtime.told.plan_rows([group.job_id for group in plan.groups]))
    told = {row.connection: row.yours for row in rows}
    code = told["dynamics"].partition(" ")[2]
    assert told["dynamics"].startswith("1234.5 ")
    assert len(code) == 3
    assert {told[name] for name in PATHS if name != "dynamics"} == {"1234.5"}
    four.runtime.run_until_final(four.runtime.submit(plan.id, act="submit"))
    assert {Decimal(str(four.held(name, path))) for name, path in PATHS.items()} == {Decimal("1234.5")}
    assert {one.state for one in four.targets("value").values()} == {"confirmed"}
