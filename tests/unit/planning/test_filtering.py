"""Lines of a filter builder become a condition with values of the field's type."""

from datetime import date
from decimal import Decimal

import pytest

from writeback.errors import MappingError
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Comparison, Every, Operator, Some
from writeback.model.types import AttributeType, Value
from writeback.planning.filtering import (
    FilterLine,
    build_filter,
    fitting,
    join_values,
    parse_line,
    takes_none,
    takes_several,
)

KINDS = {
    "Name": AttributeType.TEXT,
    "ARR": AttributeType.CURRENCY,
    "Active": AttributeType.BOOLEAN,
    "Since": AttributeType.DATE,
    "Seen": AttributeType.DATETIME,
    "Regions": AttributeType.MULTI_LIST,
    "Owner.Email": AttributeType.EMAIL,
}


def kind_of(path: FieldPath) -> AttributeType:
    return KINDS[str(path)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Industry one of Retail, Energy", FilterLine("Industry", Operator.ONE_OF, "Retail, Energy")),
        ("ARR>=1000", FilterLine("ARR", Operator.AT_LEAST, "1000")),
        ("ARR = 5", FilterLine("ARR", Operator.EQUALS, "5")),
        (" Owner.Email  starts with ana@ ", FilterLine("Owner.Email", Operator.STARTS_WITH, "ana@")),
        ("Name IS BLANK", FilterLine("Name", Operator.IS_BLANK, "")),
        ("Name contains is blank", FilterLine("Name", Operator.CONTAINS, "is blank")),
        ("Name != a = b", FilterLine("Name", Operator.DIFFERS, "a = b")),
    ],
)
def test_a_line_is_read_as_people_write_it(text: str, line: FilterLine) -> None:
    assert parse_line(text) == line


@pytest.mark.parametrize("text", ["", "Name", "Name like x", "= 5", "Name; drop = 1"])
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(MappingError, match=r"filter\.not_a_line"):
        parse_line(text)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("Active = yes", (True,)),
        ("ARR >= 1000.50", (Decimal("1000.50"),)),
        ("Since < 2026-03-01", (date(2026, 3, 1),)),
        ("Name one of a, b ,c", ("a", "b", "c")),
        ("Name equals a, b", ("a, b",)),
        ("Regions contains EMEA", ("EMEA",)),
        ("Regions none of EMEA, AMER", ("EMEA", "AMER")),
        ("Regions = EMEA;AMER", (("EMEA", "AMER"),)),
        ("Owner.Email contains @acme", ("@acme",)),
        ("Name is filled", ()),
    ],
)
def test_values_have_the_type_of_their_field(line: str, values: tuple[Value, ...]) -> None:
    condition = build_filter(((parse_line(line),),), kind_of)
    assert isinstance(condition, Every)
    (one,) = condition.parts
    assert isinstance(one, Comparison)
    assert one.values == values


@pytest.mark.parametrize("line", ["Seen > 2026-03-01", "Seen >= yesterday", "Seen = 2026-03-01T10:00:00"])
def test_a_moment_needs_a_time_and_a_zone(line: str) -> None:
    with pytest.raises(MappingError, match=r"filter\.not_a_moment"):
        build_filter(((parse_line(line),),), kind_of)


@pytest.mark.parametrize(
    "line", ["Active = maybe", "ARR = 1,000", "Since > 01/03/2026", "Name =", "Name one of a,,b"]
)
def test_a_value_of_another_type_is_refused(line: str) -> None:
    with pytest.raises(MappingError, match=r"filter\.bad_value"):
        build_filter(((parse_line(line),),), kind_of)


def test_of_groups_one_is_enough_and_of_a_group_every_line() -> None:
    blank, filled = parse_line("Name is blank"), parse_line("ARR is filled")
    condition = build_filter(((blank, filled), (), (blank,)), kind_of)
    assert isinstance(condition, Some)
    assert [len(part.parts) for part in condition.parts if isinstance(part, Every)] == [2, 1]
    with pytest.raises(MappingError, match=r"filter\.empty"):
        build_filter(((), ()), kind_of)


@pytest.mark.parametrize(
    "values",
    [
        ("Retail", "Energy"),
        ("Food, Drinks", "Retail"),
        ('The "A" list', "b"),
        ('a,"b",c',),
        ("Ünïcode; x", "1"),
    ],
)
def test_several_values_are_read_back_as_they_were_joined(values: tuple[str, ...]) -> None:
    line = FilterLine("Industry", Operator.ONE_OF, join_values(values))
    found = build_filter(((line,),), lambda _path: AttributeType.TEXT)
    assert found == Every((Comparison(FieldPath.parse("Industry"), Operator.ONE_OF, values),))


def test_every_type_has_comparisons_that_can_be_built() -> None:
    samples = {
        AttributeType.BOOLEAN: "true",
        AttributeType.DATE: "2026-12-31",
        AttributeType.DATETIME: "2026-12-31T10:00:00Z",
        AttributeType.EMAIL: "ana@acme.test",
        AttributeType.USER_REF: "ana@acme.test",
    }
    for kind in AttributeType:
        offered = fitting(kind)
        assert {Operator.IS_BLANK, Operator.IS_FILLED} < set(offered)
        assert len(offered) == len(set(offered))
        for operator in offered:
            text = "" if takes_none(operator) else samples.get(kind, "1")
            line = FilterLine("Field", operator, text)
            found = build_filter(((line,),), lambda _path, kind=kind: kind)
            assert isinstance(found, Every)
    assert Operator.LESS not in fitting(AttributeType.TEXT)
    assert {one for one in Operator if takes_several(one)} == {Operator.ONE_OF, Operator.NONE_OF}
