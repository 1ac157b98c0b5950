"""A segment's text is read as it is meant, or refused at the very place where it is not."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from writeback.errors import MappingError
from writeback.model.attributes import Attribute, Option
from writeback.model.segments import (
    STATES,
    All,
    Any,
    Comparison,
    Expression,
    HasText,
    Not,
    Operator,
    RecordIs,
    StateIs,
)
from writeback.model.types import AttributeType
from writeback.planning.segment_writing import join_parts, write_comparison, write_marks, write_words
from writeback.planning.segmenting import Vocabulary, parts_of, read_segment

NOW = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)
KINDS = {
    "industry": AttributeType.LIST,
    "arr": AttributeType.CURRENCY,
    "seats": AttributeType.INTEGER,
    "is_key": AttributeType.BOOLEAN,
    "renewal": AttributeType.DATE,
    "seen_at": AttributeType.DATETIME,
    "tags": AttributeType.MULTI_LIST,
    "name": AttributeType.TEXT,
    "state": AttributeType.TEXT,
}
OPTIONS = {
    "industry": (Option("RETAIL", "Retail"), Option("BANK", "Banking")),
    "tags": (Option("gold", "Gold"), Option("a;b", "A and B")),
}


def attributes(entity: str) -> tuple[Attribute, ...]:
    return tuple(
        Attribute(entity, name, f"The {name}", kind, OPTIONS.get(name, ())) for name, kind in KINDS.items()
    )


WORDS = Vocabulary(attributes("account"), {"user": attributes("user")})


def read(text: str) -> Expression:
    return read_segment(text, WORDS, now=NOW)


def one(attribute: str, operator: Operator, *values: object, relation: str = "") -> Comparison:
    return Comparison(attribute, operator, values, relation)  # type: ignore[arg-type]  # canonical in the tables below


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", All(())),
        ("industry = 'Retail'", one("industry", Operator.IS, "RETAIL")),
        ("Industry = RETAIL", one("industry", Operator.IS, "RETAIL")),
        ("ARR >= 1000", one("arr", Operator.AT_LEAST, Decimal(1000))),
        ("arr<-1.50", one("arr", Operator.LESS, Decimal("-1.50"))),
        ("seats <> 3", one("seats", Operator.IS_NOT, 3)),
        ("is_key = yes", one("is_key", Operator.IS, True)),
        ("renewal <= 2026-12-31", one("renewal", Operator.AT_MOST, date(2026, 12, 31))),
        ("renewal <= today + 30", one("renewal", Operator.AT_MOST, date(2026, 12, 27))),
        ("renewal = TODAY", one("renewal", Operator.IS, date(2026, 11, 27))),
        ("seen_at > now - 1", one("seen_at", Operator.MORE, datetime(2026, 11, 26, 15, 30, tzinfo=UTC))),
        ("seen_at > today", one("seen_at", Operator.MORE, datetime(2026, 11, 27, tzinfo=UTC))),
        ("name = 'O''Brien'", one("name", Operator.IS, "O'Brien")),
        ("name contains ' or '", one("name", Operator.CONTAINS, " or ")),
        ("name starts  with 'x'", one("name", Operator.STARTS, "x")),
        ("name is blank", one("name", Operator.IS_BLANK)),
        ("name IS NOT Blank", one("name", Operator.IS_SET)),
        ("industry in ('Retail', Banking)", one("industry", Operator.ONE_OF, "RETAIL", "BANK")),
        ("industry not in (BANK)", one("industry", Operator.NONE_OF, "BANK")),
        ("tags = 'A and B'", one("tags", Operator.IS, "a;b")),
        ("\"The name\" = 'x'", one("name", Operator.IS, "x")),
        ("user.seats > 2", one("seats", Operator.MORE, 2, relation="user")),
        ("state is conflict", StateIs(STATES["conflict"])),
        ("state is not pending", Not(StateIs(STATES["pending"]))),
        ("state of industry is refused", StateIs(STATES["refused"], "industry")),
        ("state = 'CA'", one("state", Operator.IS, "CA")),
        ("state is blank", one("state", Operator.IS_BLANK)),
        ("any text contains 'a''b'", HasText("a'b")),
        ("record id in ('r1', r2)", RecordIs(("r1", "r2"))),
        ("record id not in ('r1')", Not(RecordIs(("r1",)))),
        (
            "seats = 1 or seats = 2 and not name is blank",
            Any(
                (
                    one("seats", Operator.IS, 1),
                    All((one("seats", Operator.IS, 2), Not(one("name", Operator.IS_BLANK)))),
                )
            ),
        ),
        (
            "(seats = 1 or seats = 2) and seats = 3",
            All(
                (
                    Any((one("seats", Operator.IS, 1), one("seats", Operator.IS, 2))),
                    one("seats", Operator.IS, 3),
                )
            ),
        ),
    ],
)
def test_what_is_meant(text: str, expected: Expression) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("industri = 'Retail'", "segment.unknown_name", 1),
        ("seats = 1 and industry = 'Retal'", "segment.not_a_value", 26),
        ("seats = many", "segment.not_a_value", 9),
        ("is_key = maybe", "segment.not_a_value", 10),
        ("renewal = tomorrow", "segment.not_a_value", 11),
        ("renewal = today + 1.5", "segment.not_a_value", 11),
        ("renewal = today + 99999999999", "segment.not_a_value", 11),
        ("industry > 'Retail'", "segment.no_order", 1),
        ("name is empty", "segment.not_a_word", 9),
        ("state is angry", "segment.not_a_word", 10),
        ("seats = 1 seats = 2", "segment.not_readable", 11),
        ("seats = 'x", "segment.not_readable", 9),
        ("name = 'x'; drop table rec_account", "segment.not_readable", 11),
        ("other.name = 'x'", "segment.unknown_name", 1),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(text: str, code: str, place: int) -> None:
    with pytest.raises(MappingError) as caught:
        read(text)
    assert (caught.value.code, caught.value.facts["place"]) == (code, place)


@pytest.mark.parametrize("text", ["seats =", "(seats = 1", "not", "seats in (1,", "seats = 1 and"])
def test_a_text_that_ends_too_early_says_so(text: str) -> None:
    with pytest.raises(MappingError, match=r"segment\.unfinished"):
        read(text)


@pytest.mark.parametrize("text", ["(" * 101 + "seats = 1" + ")" * 101, "name = '" + "x" * 20_001 + "'"])
def test_a_text_beyond_all_measure_is_refused(text: str) -> None:
    with pytest.raises(MappingError, match=r"segment\.too_long"):
        read(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("name = 'x'", [("name = 'x'", 0)]),
        (" name = 'a and b'  and seats in (1, 2)", [("name = 'a and b'", 1), ("seats in (1, 2)", 23)]),
        ("not name is blank and (seats = 1 or seats = 2)", None),
        ("seats = 1 or seats = 2", [("seats = 1 or seats = 2", 0)]),
        ("(seats = 1 and seats = 2)", [("(seats = 1 and seats = 2)", 0)]),
    ],
)
def test_a_text_is_taken_apart_where_its_parts_must_all_hold(
    text: str, parts: list[tuple[str, int]] | None
) -> None:
    found = parts_of(text, WORDS, now=NOW)
    if parts is not None:
        assert [(part.text, part.place) for part in found] == parts
    assert all(text[part.place :].startswith(part.text) for part in found)
    again = join_parts(part.text for part in found)
    assert read(again) == read(text)
    assert all(read(part.text) == part.expression for part in found)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("operator", [Operator.IS, Operator.NONE_OF, Operator.IS_SET])
def test_what_a_chip_writes_is_read_back(kind: str, operator: Operator) -> None:
    value = {
        AttributeType.LIST: "RETAIL",
        AttributeType.BOOLEAN: "true",
        AttributeType.DATE: "2026-12-31",
        AttributeType.DATETIME: "2026-12-31T10:00:00Z",
        AttributeType.MULTI_LIST: "a;b",
        AttributeType.TEXT: "it's \"quoted\" and 'so'",
    }.get(KINDS[kind], "12")
    expression = read(write_comparison(kind, operator, (value,)))
    assert isinstance(expression, Comparison)
    assert (expression.attribute, expression.operator) == (kind, operator)
    assert len(expression.values) == (operator is not Operator.IS_SET)


def test_moments_that_move_stay_so_and_or_is_put_into_brackets() -> None:
    assert write_comparison("renewal", Operator.LESS, ("today + 30",), moves=True) == "renewal < today + 30"
    assert write_comparison("name", Operator.IS, ("today",)) == "name = 'today'"
    assert join_parts(["seats = 1 or seats = 2", "", "name = 'this or that'"]) == (
        "(seats = 1 or seats = 2) and name = 'this or that'"
    )
    assert read(write_marks({"draft", "refused"})) == Any(
        (StateIs(STATES["draft"]), StateIs(STATES["refused"]))
    )
    assert write_marks(set()) == ""
    assert read(write_words("50% 'off'")) == HasText("50% 'off'")


def test_of_attributes_of_one_title_the_one_that_can_hold_the_value_is_meant() -> None:
    lists = {
        "a": (Option("1", "Retail"), Option("9", "Both")),
        "b": (Option("2", "Energy"), Option("9", "Both")),
    }
    named = tuple(
        Attribute("account", f"ind_{name}", "Industry", AttributeType.LIST, one)
        for name, one in lists.items()
    )
    words = Vocabulary(named, {})
    assert read_segment("Industry = 'Energy'", words, now=NOW) == one("ind_b", Operator.IS, "2")
    assert read_segment("ind_a is blank", words, now=NOW) == one("ind_a", Operator.IS_BLANK)
    for text, code in (
        ("Industry = 'Both'", "segment.ambiguous"),
        ("Industry is blank", "segment.ambiguous"),
        ("Industry = 'Neither'", "segment.not_a_value"),
    ):
        with pytest.raises(MappingError) as told:
            read_segment(text, words, now=NOW)
        assert told.value.code == code
    assert told.value.facts["attribute"] == "ind_a"
