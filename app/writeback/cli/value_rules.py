"""Value rules as words of a command line: value map, rule for unknown values, transforms."""

import csv
from collections import abc
from dataclasses import replace
from pathlib import Path

import typer

from writeback.errors import ConfigurationError
from writeback.model.value_rules import Pair, TransformUse, UnknownRule, ValueRules

NONE = "none"


def rules_of(
    known: ValueRules,
    *,
    value_map: abc.Sequence[str] | None,
    unknown: str | None,
    transform: str | None,
) -> ValueRules:
    """Give value rules as they are to be; what is not named stays as it is known.

    Args:
        known: Those of the mapping that is there, or none.
        value_map: Pairs `gold_2024=Gold`, names of CSV files, or `none`; None: not named.
        unknown: `hold`, `pass` or `default=VALUE`.
        transform: Names with commas between them, or `none`.

    Raises:
        ConfigurationError: `mapping.map_unreadable`.
    """
    made = known
    if value_map is not None:
        made = replace(made, pairs=tuple(pair for text in value_map for pair in _pairs(text)))
    if unknown is not None:
        rule, default = _unknown(unknown)
        made = replace(made, unknown=rule, default=default)
    if transform is not None:
        names = () if transform.strip() == NONE else tuple(transform.split(","))
        made = replace(made, transforms=tuple(TransformUse.parse(name) for name in names if name.strip()))
    return made


def told_rules(rules: ValueRules) -> str:
    """Give value rules in a few words, for a table."""
    parts = []
    if rules.pairs:
        lines = "line" if len(rules.pairs) == 1 else "lines"
        parts.append(f"map of {len(rules.pairs)} {lines}, unknown: {unknown_word(rules)}")
    return "; ".join((*parts, *(str(one) for one in rules.transforms)))


def unknown_word(rules: ValueRules) -> str:
    """Give the rule for unknown values as `--unknown` takes it."""
    is_default = rules.unknown is UnknownRule.DEFAULT
    return f"default={rules.default}" if is_default else rules.unknown.value


def _pairs(text: str) -> abc.Iterator[Pair]:
    if text.strip() == NONE:
        return
    path = Path(text)
    theirs, sign, ours = text.partition("=")
    if sign and not path.is_file():
        yield Pair(theirs.strip(), ours.strip())
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if any(cell.strip() for cell in row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError("mapping.map_unreadable", path=text[:200], problem=str(error)) from error
    for number, row in enumerate(rows, 1):
        if len(row) != 2 or not all(cell.strip() for cell in row):
            raise ConfigurationError(
                "mapping.map_unreadable", path=text[:200], problem=f"line {number} has no two values"
            )
        yield Pair(row[0].strip(), row[1].strip())


def _unknown(text: str) -> tuple[UnknownRule, str]:
    word, sign, value = text.partition("=")
    if word == UnknownRule.DEFAULT.value and sign:
        return UnknownRule.DEFAULT, value
    if text in (UnknownRule.HOLD.value, UnknownRule.PASS.value):
        return UnknownRule(text), ""
    raise typer.BadParameter("give hold, pass or default=VALUE", param_hint="--unknown")
