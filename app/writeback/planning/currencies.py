"""Money in a record's own currency: its code beside the amount, and no fraction where the currency has none.

An amount is never converted. Fields may keep more decimals than a currency has coins for (unit prices), so
only currencies without a minor unit (ISO 4217) refuse a fraction; else the field's scale decides.
"""

from collections import abc
from decimal import Decimal
from typing import Final

from writeback.model.canonical import Unset, number_text
from writeback.model.changes import Reason
from writeback.model.types import AttributeType, Clear, Value, Wish
from writeback.planning.checking import about
from writeback.planning.coercing import refusal
from writeback.planning.facts import FieldFacts

WHOLE: Final = frozenset(
    {
        *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"),
        *("PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"),
    }
)
"""Currencies without a minor unit."""


def currency_paths(fields: abc.Sequence[FieldFacts | None]) -> dict[int, str]:
    """Give by place where a record says in which currency an amount is; mostly nothing."""
    return {
        place: field.currency
        for place, field in enumerate(fields)
        if field is not None and field.kind is AttributeType.CURRENCY and field.currency
    }


def in_currency(value: Value | Wish | Unset, code: str) -> str:
    """Write an amount with its currency's code; '' for nothing."""
    if not isinstance(value, Decimal):
        return ""
    return f"{number_text(value)} {code}" if code else number_text(value)


def refuse_fraction(field: FieldFacts, wish: Wish | Unset, code: str) -> Reason | None:
    """Say why a currency cannot take an amount; None when it can, or is not known."""
    if code.upper() not in WHOLE or not isinstance(wish, Decimal) or isinstance(wish, Clear):
        return None
    if wish == wish.to_integral_value():
        return None
    text = number_text(wish)
    return about(field, refusal("value.no_fraction", text, currency=code.upper()))
