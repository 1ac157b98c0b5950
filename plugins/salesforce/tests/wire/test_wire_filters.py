"""Neutral conditions as SOQL: what each becomes, and what is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from writeback.errors import InvalidRequestError, MappingError
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Comparison, Every, Filter, Operator, Some
from writeback.model.types import AttributeType as A
from writeback.model.types import Value
from writeback_salesforce.wire.filters import compile_filter

KINDS = {
    "Name": A.TEXT,
    "Industry": A.LIST,
    "Regions__c": A.MULTI_LIST,
    "AnnualRevenue": A.CURRENCY,
    "IsDeleted": A.BOOLEAN,
    "CreatedDate": A.DATETIME,
    "Renewal__c": A.DATE,
    "Description": A.LONG_TEXT,
    "Owner.Email": A.EMAIL,
}


def resolve(path: str) -> tuple[str, A]:
    for name, kind in KINDS.items():
        if name.casefold() == path.casefold():
            return name, kind
    raise InvalidRequestError("salesforce.invalid_field", path=path)


def one(path: str, operator: Operator, *values: Value) -> Comparison:
    return Comparison(FieldPath.parse(path), operator, values)


@pytest.mark.parametrize(
    ("condition", "soql"),
    [
        (one("name", Operator.EQUALS, "O'Neil \\ Co"), "Name = 'O\\'Neil \\\\ Co'"),
        (one("Name", Operator.CONTAINS, "50%_'"), "Name LIKE '%50\\%\\_\\'%'"),
        (one("owner.email", Operator.STARTS_WITH, "ana@"), "Owner.Email LIKE 'ana@%'"),
        (one("Industry", Operator.ONE_OF, "Retail", "Energy"), "Industry IN ('Retail', 'Energy')"),
        (one("Industry", Operator.NONE_OF, "Retail"), "Industry NOT IN ('Retail')"),
        (one("Industry", Operator.DIFFERS, "Retail"), "Industry != 'Retail'"),
        (one("Regions__c", Operator.CONTAINS, "EMEA"), "Regions__c INCLUDES ('EMEA')"),
        (one("Regions__c", Operator.NONE_OF, "EMEA", "AMER"), "Regions__c EXCLUDES ('EMEA', 'AMER')"),
        (one("Regions__c", Operator.EQUALS, ("AMER", "EMEA")), "Regions__c = 'AMER;EMEA'"),
        (one("AnnualRevenue", Operator.AT_LEAST, Decimal("1E+3")), "AnnualRevenue >= 1000"),
        (one("AnnualRevenue", Operator.LESS, 5), "AnnualRevenue < 5"),
        (one("IsDeleted", Operator.EQUALS, False), "IsDeleted = false"),
        (one("Renewal__c", Operator.GREATER, date(2026, 3, 1)), "Renewal__c > 2026-03-01"),
        (
            one("CreatedDate", Operator.AT_MOST, datetime(2026, 3, 1, 4, 5, 6, tzinfo=UTC)),
            "CreatedDate <= 2026-03-01T04:05:06Z",
        ),
        (one("Name", Operator.IS_BLANK), "Name = null"),
        (one("Name", Operator.IS_FILLED), "Name != null"),
        (Every((one("Name", Operator.IS_FILLED),)), "Name != null"),
        (
            Some((one("Name", Operator.IS_BLANK), Every((one("Name", Operator.EQUALS, "a"),) * 2))),
            "(Name = null) OR ((Name = 'a') AND (Name = 'a'))",
        ),
    ],
)
def test_each_comparison_has_its_soql(condition: Filter, soql: str) -> None:
    assert compile_filter(condition, resolve) == soql


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (Every(()), "filter.empty"),
        (one("Nope", Operator.IS_BLANK), "filter.unknown_path"),
        (one("Description", Operator.EQUALS, "x"), "filter.not_expressible"),
        (one("IsDeleted", Operator.LESS, True), "filter.not_expressible"),
        (one("AnnualRevenue", Operator.CONTAINS, "5"), "filter.not_expressible"),
        (one("Regions__c", Operator.STARTS_WITH, "E"), "filter.not_expressible"),
        (one("AnnualRevenue", Operator.EQUALS, "5"), "filter.bad_value"),
        (one("AnnualRevenue", Operator.EQUALS, True), "filter.bad_value"),
        (one("IsDeleted", Operator.EQUALS, "true"), "filter.bad_value"),
        (one("Name", Operator.EQUALS, ""), "filter.bad_value"),
        (one("Name", Operator.EQUALS), "filter.bad_value"),
        (one("Name", Operator.EQUALS, "a", "b"), "filter.bad_value"),
        (one("CreatedDate", Operator.EQUALS, datetime(2026, 3, 1)), "filter.bad_value"),  # noqa: DTZ001  the point
        (one("Renewal__c", Operator.EQUALS, datetime(2026, 3, 1, tzinfo=UTC)), "filter.bad_value"),
    ],
)
def test_what_soql_cannot_say_is_refused(condition: Filter, code: str) -> None:
    with pytest.raises(MappingError) as told:
        compile_filter(condition, resolve)
    assert told.value.code == code
