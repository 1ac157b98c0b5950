"""Money in a record's own currency: its code beside the amount, and no fraction where there is none."""

from decimal import Decimal

from tests.unit.planning.crm_facts import field
from writeback.engine.paying import Currencies
from writeback.model.canonical import UNSET
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column
from writeback.model.types import CLEAR, AttributeType
from writeback.planning.currencies import in_currency, refuse_fraction
from writeback.sdk.values import ObjectDescription

AMOUNT = field("Amount", AttributeType.CURRENCY, scale=2, currency="CurrencyIsoCode")
CODE = field("CurrencyIsoCode", AttributeType.LIST)
DEAL = ObjectDescription("Deal", "Deal", "Id", "Id", "", is_updateable=True, fields=(AMOUNT, CODE))
COLUMNS = tuple(
    Column(FieldPath.parse(one.name), one.name, one.kind or AttributeType.TEXT) for one in (AMOUNT, CODE)
)


def test_the_code_stands_beside_the_amount_and_nothing_is_converted() -> None:
    money = Currencies.of(COLUMNS, DEAL)
    assert money.paths == ("CurrencyIsoCode",)
    money.note("1", ("EUR",))
    wishes, theirs = (Decimal("120.50"), UNSET), (Decimal(100), "EUR")
    assert money.shown("1", wishes, theirs, None) == {0: ("100 EUR", "120.50 EUR")}
    assert money.shown("1", (CLEAR, UNSET), theirs, {1: ("a", "b")}) == {0: ("100 EUR", ""), 1: ("a", "b")}
    assert money.shown("1", (UNSET, UNSET), theirs, None) is None
    assert money.shown("2", wishes, theirs, None) == {0: ("100", "120.50")}  # not told: nothing is claimed


def test_a_currency_that_changes_with_the_amount_is_the_one_that_counts() -> None:
    money = Currencies.of(COLUMNS, DEAL)
    money.note("1", ("EUR",))
    both = (Decimal("99.5"), "JPY")
    assert money.shown("1", both, (Decimal(100), "EUR"), None) == {0: ("100 EUR", "99.5 JPY")}
    refused = money.refusal("1", both)
    assert refused is not None
    assert (refused[0], refused[1].code) == (0, "value.no_fraction")
    assert money.refusal("1", (Decimal("99.5"), UNSET)) is None
    assert money.refusal("1", (Decimal("99.0"), "JPY")) is None


def test_a_lookup_of_another_currency_is_not_guessed() -> None:
    amount = field("creditlimit", AttributeType.CURRENCY, currency="transactioncurrencyid.isocurrencycode")
    lookup = field("transactioncurrencyid")
    account = ObjectDescription("a", "a", "Id", "Id", "", is_updateable=True, fields=(amount, lookup))
    columns = tuple(
        Column(FieldPath.parse(one.name), one.name, one.kind or AttributeType.TEXT)
        for one in (amount, lookup)
    )
    money = Currencies.of(columns, account)
    money.note("1", ("USD",))
    shown = money.shown("1", (Decimal(5), "some-guid"), (Decimal(4), "other"), None)
    assert shown == {0: ("4 USD", "5")}


def test_where_the_crm_has_no_currency_nothing_is_shown() -> None:
    plain = ObjectDescription(
        "a", "a", "Id", "Id", "", is_updateable=True, fields=(field("Amount", AttributeType.CURRENCY),)
    )
    money = Currencies.of(COLUMNS[:1], plain)
    assert (money.paths, money.shown("1", (Decimal(1),), (None,), None)) == ((), None)
    assert in_currency("text", "EUR") == ""
    assert refuse_fraction(AMOUNT, Decimal("1.5"), "EUR") is None
