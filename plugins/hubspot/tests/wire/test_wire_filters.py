"""Neutral conditions as filter groups; what HubSpot cannot compare is refused by name."""

import itertools
import json
from collections import abc
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.hubspot.tests.making import described

from writeback.errors import MappingError
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Comparison, Every, Filter, Operator, Some
from writeback.model.types import Value
from writeback_hubspot.wire.describes import COMPANY_FIELD
from writeback_hubspot.wire.filters import compile_filter
from writeback_hubspot.wire.searches import Group, Search, changed_since, parse_filter, prepare_page

CONTACT = described("contacts").info
COMPANY = described("companies").info


def compare(path: str, operator: Operator, *values: Value) -> Comparison:
    return Comparison(FieldPath.parse(path), operator, values)


@pytest.mark.parametrize(
    ("comparison", "told"),
    [
        (compare("company", Operator.EQUALS, "Acme GmbH"), {"operator": "EQ", "value": "acme gmbh"}),
        (compare("email", Operator.DIFFERS, "A@x"), {"operator": "NEQ", "value": "a@x"}),
        (compare("score", Operator.LESS, Decimal("1.50")), {"operator": "LT", "value": "1.50"}),
        (compare("score", Operator.AT_MOST, 5), {"operator": "LTE", "value": "5"}),
        (compare("born", Operator.GREATER, date(2026, 1, 1)), {"operator": "GT", "value": "1767225600000"}),
        (
            compare("lastmodifieddate", Operator.AT_LEAST, datetime(2026, 1, 1, tzinfo=UTC)),
            {"operator": "GTE", "value": "1767225600000"},
        ),
        (compare("company", Operator.ONE_OF, "A", "B"), {"operator": "IN", "values": ["a", "b"]}),
        (compare("company", Operator.NONE_OF, "A"), {"operator": "NOT_IN", "values": ["a"]}),
        (compare("company", Operator.CONTAINS, "Acme"), {"operator": "CONTAINS_TOKEN", "value": "*acme*"}),
        (compare("vip", Operator.EQUALS, False), {"operator": "EQ", "value": "false"}),
        (compare("vip", Operator.EQUALS, True), {"operator": "EQ", "value": "true"}),
        (compare("topics", Operator.IS_BLANK), {"operator": "NOT_HAS_PROPERTY"}),
        (compare("topics", Operator.IS_FILLED), {"operator": "HAS_PROPERTY"}),
        (compare("hubspot_owner_id", Operator.EQUALS, "7"), {"operator": "EQ", "value": "7"}),
    ],
)
def test_a_comparison_is_one_filter(comparison: Comparison, told: dict[str, object]) -> None:
    ((found,),) = parse_filter(compile_filter(CONTACT, comparison))
    assert found == {"propertyName": str(comparison.path), **told}


def test_options_keep_their_case() -> None:
    ((found,),) = parse_filter(compile_filter(COMPANY, compare("industry", Operator.ONE_OF, "TECH")))
    assert found["values"] == ["TECH"]


def test_every_and_some_become_alternatives() -> None:
    one, two, three = (compare(name, Operator.IS_FILLED) for name in ("email", "company", "score"))
    groups = json.loads(compile_filter(CONTACT, Every((one, Some((two, three))))))
    names = [[told["propertyName"] for told in group["filters"]] for group in groups]
    assert names == [["email", "company"], ["email", "score"]]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (Every(()), "filter.empty"),
        (Some(()), "filter.empty"),
        (Every((Some(()), compare("email", Operator.IS_BLANK))), "filter.empty"),
        (compare("nope", Operator.IS_BLANK), "filter.unknown_path"),
        (compare("nope.email", Operator.IS_BLANK), "filter.unknown_path"),
        (compare("owner.email", Operator.EQUALS, "x"), "filter.not_expressible"),
        (compare("company", Operator.STARTS_WITH, "x"), "filter.not_expressible"),
        (compare("company", Operator.CONTAINS, "a b"), "filter.not_expressible"),
        (compare("score", Operator.CONTAINS, Decimal(1)), "filter.not_expressible"),
        (compare("company", Operator.LESS, "x"), "filter.not_expressible"),
        (compare("topics", Operator.EQUALS, ("a",)), "filter.not_expressible"),
        (compare("where", Operator.EQUALS, "x"), "filter.not_expressible"),
        (compare(COMPANY_FIELD, Operator.EQUALS, "7"), "filter.not_expressible"),
        (compare("company", Operator.EQUALS), "filter.bad_value"),
        (compare("company", Operator.EQUALS, "a", "b"), "filter.bad_value"),
        (compare("company", Operator.EQUALS, ""), "filter.bad_value"),
        (compare("company", Operator.EQUALS, None), "filter.bad_value"),
        (compare("company", Operator.EQUALS, ("a",)), "filter.bad_value"),
        (compare("company", Operator.EQUALS, True), "filter.bad_value"),
        (compare("company", Operator.EQUALS, date(2026, 1, 1)), "filter.bad_value"),
        (compare("vip", Operator.EQUALS, "true"), "filter.bad_value"),
        (compare("score", Operator.LESS, "5"), "filter.bad_value"),
        (compare("company", Operator.EQUALS, 5), "filter.bad_value"),
        (Every((compare("email", Operator.IS_FILLED),) * 5), "filter.too_long"),
        (Some((compare("email", Operator.IS_FILLED),) * 6), "filter.too_long"),
        (Every((Some((compare("email", Operator.IS_FILLED),) * 5),) * 3), "filter.too_long"),
        (compare("company", Operator.ONE_OF, *(f"{n:0100}" for n in range(40))), "filter.too_long"),
    ],
)
def test_what_hubspot_cannot_compare_is_said_by_code(condition: Filter, code: str) -> None:
    with pytest.raises(MappingError) as caught:
        compile_filter(CONTACT, condition)
    assert caught.value.code == code


leaves = st.sampled_from(("email", "company", "vip", "born")).map(
    lambda name: compare(name, Operator.IS_FILLED)
)
conditions: st.SearchStrategy[Filter] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Every(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Some(tuple(parts))),
    ),
    max_leaves=6,
)


def holds(condition: Filter, filled: abc.Set[str]) -> bool:
    if isinstance(condition, Comparison):
        return str(condition.path) in filled
    if isinstance(condition, Every):
        return all(holds(part, filled) for part in condition.parts)
    return any(holds(part, filled) for part in condition.parts)


def groups_or_too_long(condition: Filter) -> tuple[Group, ...] | None:
    try:
        return parse_filter(compile_filter(CONTACT, condition))
    except MappingError as error:
        if error.code != "filter.too_long":
            raise
        return None


@given(conditions)
def test_the_groups_mean_what_the_condition_means_and_leave_room_for_a_pull(condition: Filter) -> None:
    groups = groups_or_too_long(condition)
    if groups is None:
        return
    names = ("email", "company", "vip", "born")
    for size in range(5):
        for filled in itertools.combinations(names, size):
            found = any(all(told["propertyName"] in filled for told in group) for group in groups)
            assert found == holds(condition, set(filled))
    narrowed = Search((), groups).and_all(changed_since("lastmodifieddate", "2026-01-01T00:00:00.000Z"))
    assert prepare_page(narrowed, last="1")
