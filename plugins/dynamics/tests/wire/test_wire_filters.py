"""Neutral conditions in OData's words; what it cannot say is refused, never bent."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from plugins.dynamics.tests.making import described, record_id

from writeback.errors import MappingError
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Comparison, Every, Filter, Operator, Some
from writeback.model.types import Value
from writeback_dynamics.wire.filters import compile_filter
from writeback_dynamics.wire.paths import resolve

Op = Operator


def compare(path: str, operator: Operator, *values: Value) -> Comparison:
    return Comparison(FieldPath.parse(path), operator, values)


def compiled(condition: Filter) -> str:
    return compile_filter(condition, lambda path: resolve("account", path, described))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (compare("name", Op.EQUALS, "O'Brien"), "name eq 'O''Brien'"),
        (compare("name", Op.DIFFERS, "x"), "(name ne 'x' or name eq null)"),
        (compare("name", Op.ONE_OF, "x", "y"), "name eq 'x' or name eq 'y'"),
        (
            compare("name", Op.NONE_OF, "x", "y"),
            "(name ne 'x' or name eq null) and (name ne 'y' or name eq null)",
        ),
        (compare("name", Op.CONTAINS, "a"), "contains(name,'a')"),
        (compare("name", Op.STARTS_WITH, "a"), "startswith(name,'a')"),
        (compare("name", Op.IS_BLANK), "name eq null"),
        (compare("name", Op.IS_FILLED), "name ne null"),
        (compare("revenue", Op.LESS, Decimal("5.50")), "revenue lt 5.50"),
        (compare("revenue", Op.AT_MOST, 5), "revenue le 5"),
        (compare("numberofemployees", Op.GREATER, 5), "numberofemployees gt 5"),
        (compare("new_renewal", Op.AT_LEAST, date(2026, 1, 2)), "new_renewal ge 2026-01-02"),
        (
            compare("modifiedon", Op.LESS, datetime(2026, 1, 2, tzinfo=UTC)),
            "modifiedon lt 2026-01-02T00:00:00Z",
        ),
        (compare("industrycode", Op.EQUALS, "7"), "industrycode eq 7"),
        (compare("donotemail", Op.EQUALS, True), "donotemail eq true"),
        (compare("ownerid", Op.EQUALS, record_id(1)), f"_ownerid_value eq {record_id(1)}"),
        (
            compare("new_colors", Op.ONE_OF, "1", "9"),
            "Microsoft.Dynamics.CRM.ContainValues(PropertyName='new_colors',PropertyValues=['1','9'])",
        ),
        (
            compare("new_colors", Op.NONE_OF, ("1", "9")),
            "not Microsoft.Dynamics.CRM.ContainValues(PropertyName='new_colors',PropertyValues=['1','9'])",
        ),
        (compare("new_colors", Op.IS_BLANK), "new_colors eq null"),
        (compare("primarycontactid.fullname", Op.EQUALS, "x"), "primarycontactid/fullname eq 'x'"),
        (
            compare("ownerid.internalemailaddress", Op.STARTS_WITH, "a@"),
            "startswith(owninguser/internalemailaddress,'a@')",
        ),
        (
            compare("new_customerid.emailaddress1", Op.EQUALS, "x"),
            "(new_CustomerId_account/emailaddress1 eq 'x') or (new_CustomerId_contact/emailaddress1 eq 'x')",
        ),
        (
            compare("new_customerid.ownerid.name", Op.IS_BLANK),
            " and ".join(
                f"(new_CustomerId_{target}/owningteam/name eq null)" for target in ("account", "contact")
            ),
        ),
        (
            Every((compare("name", Op.IS_FILLED), Some((compare("revenue", Op.LESS, 1),)))),
            "(name ne null) and (revenue lt 1)",
        ),
        (
            Some((compare("name", Op.ONE_OF, "a", "b"), compare("name", Op.IS_BLANK))),
            "(name eq 'a' or name eq 'b') or (name eq null)",
        ),
    ],
)
def test_a_condition_is_said_in_odata(condition: Filter, expected: str) -> None:
    assert compiled(condition) == expected


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (Every(()), "filter.empty"),
        (Some(()), "filter.empty"),
        (compare("nope", Op.EQUALS, "x"), "filter.unknown_path"),
        (compare("ownerid.nope", Op.EQUALS, "x"), "filter.unknown_path"),
        (compare("numberofemployees", Op.EQUALS, "x"), "filter.bad_value"),
        (compare("industrycode", Op.EQUALS, "Retail"), "filter.bad_value"),
        (compare("ownerid", Op.EQUALS, "me"), "filter.bad_value"),
        (compare("name", Op.EQUALS, None), "filter.bad_value"),
        (compare("name", Op.EQUALS, "\ud800"), "filter.bad_value"),
        (compare("name", Op.EQUALS), "filter.not_expressible"),
        (compare("name", Op.EQUALS, "x", "y"), "filter.not_expressible"),
        (compare("name", Op.ONE_OF), "filter.not_expressible"),
        (compare("name", Op.CONTAINS, ""), "filter.not_expressible"),
        (compare("name", Op.CONTAINS, "x", "y"), "filter.not_expressible"),
        (compare("name", Op.CONTAINS, "\ud800"), "filter.not_expressible"),
        (compare("numberofemployees", Op.CONTAINS, "1"), "filter.not_expressible"),
        (compare("ownerid", Op.CONTAINS, "1"), "filter.not_expressible"),
        (compare("ownerid", Op.LESS, record_id(1)), "filter.not_expressible"),
        (compare("industrycode", Op.LESS, "7"), "filter.not_expressible"),
        (compare("donotemail", Op.GREATER, True), "filter.not_expressible"),
        (compare("new_colors", Op.EQUALS, ("1",)), "filter.not_expressible"),
        (compare("new_colors", Op.ONE_OF), "filter.not_expressible"),
        (compare("new_colors", Op.ONE_OF, "1", "Red"), "filter.not_expressible"),
    ],
)
def test_what_odata_cannot_say_is_refused(condition: Filter, code: str) -> None:
    with pytest.raises(MappingError) as caught:
        compiled(condition)
    assert caught.value.code == code
