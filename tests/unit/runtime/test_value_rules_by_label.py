"""Value maps that are made as two lists are mapped: by what people read, and never by a guess."""

import pytest

from writeback.model.attributes import Attribute, Option
from writeback.model.types import AttributeType
from writeback.model.value_rules import UnknownRule
from writeback.runtime.value_rules import by_label
from writeback.sdk.values import FieldInfo

Options = tuple[tuple[str, str], ...]


def options(told: Options) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in told)


@pytest.mark.parametrize(
    ("ours", "theirs", "pairs", "unknown"),
    [
        pytest.param(
            (("Banking", "Banking"),),
            (("BANKING", "Banking"), ("TOYS", "Toys")),
            {"BANKING": "Banking"},
            UnknownRule.PASS,
            id="read_alike",
        ),
        pytest.param(
            (("1", "Customer"), ("2", "Partner")),
            (("1", "Partner"), ("2", "Customer")),
            {"1": "2", "2": "1"},
            UnknownRule.HOLD,
            id="same_codes_read_differently",
        ),
        pytest.param(
            (("1", "Customer"), ("2", "VIP")),
            (("1", "Partner"), ("2", "Customer")),
            {"2": "1"},
            UnknownRule.HOLD,
            id="a_code_that_is_taken",
        ),
        pytest.param(
            (("1", "Customer"),),
            (("1", "Partner"), ("7", "Customer")),
            {"7": "1"},
            UnknownRule.HOLD,
            id="a_code_that_would_come_in_as_another",
        ),
        pytest.param(
            (("open", "Open"), ("done", "Done")),
            (("10", "Open"), ("11", "Open"), ("12", "Done")),
            {"12": "done"},
            UnknownRule.PASS,
            id="two_of_theirs_read_alike",
        ),
        pytest.param(
            (("a", "Open"), ("b", "Open"), ("c", "Done")),
            (("10", "Open"), ("12", "Done")),
            {"12": "c"},
            UnknownRule.PASS,
            id="two_of_ours_read_alike",
        ),
        pytest.param(
            (("Bank", "Bank"),),
            (("BANK", "Bank"), ("Bank", "Bank")),
            {"Bank": "Bank", "BANK": "Bank"},
            UnknownRule.PASS,
            id="the_one_stored_alike_is_written",
        ),
    ],
)
def test_options_are_paired_by_what_people_read(
    ours: Options, theirs: Options, pairs: dict[str, str], unknown: UnknownRule
) -> None:
    attribute = Attribute("account", "tier", "Tier", AttributeType.LIST, options(ours))
    end = FieldInfo("tier", "Tier", AttributeType.LIST, "picklist", options=options(theirs))
    rules = by_label(attribute, end)
    assert (dict(rules.pairs), rules.unknown) == (pairs, unknown)
    for pair in rules.pairs:
        if pair.theirs in pairs and pair.theirs == pair.ours:
            assert rules.theirs_of(pair.ours) == pair.theirs


def test_lists_that_are_stored_alike_need_no_map() -> None:
    both = (("Gold", "Gold"), ("Silver", "Silver"))
    attribute = Attribute("account", "tier", "Tier", AttributeType.LIST, options(both))
    end = FieldInfo("tier", "Tier", AttributeType.LIST, "picklist", options=options(both))
    assert not by_label(attribute, end)
