"""Which of a CRM's own rules a job sets off: what was chosen, checked against what the connector can carry.

A switch is a fact of the connector; its value is chosen per connection and may be another for one job.
"""

import re
from collections import abc
from typing import Protocol

from writeback.errors import ConfigurationError


class SwitchFacts(Protocol):
    """One automation switch; `sdk.manifest.AutomationFacts` meets it."""

    @property
    def default(self) -> str:
        """What holds where nobody chose."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The values; empty: `pattern` alone decides."""

    @property
    def pattern(self) -> str:
        """A regular expression of further values; empty: there are none."""

    @property
    def bulk_pattern(self) -> str | None:
        """A regular expression of the values that an upload carries; None: it carries every value."""


Switches = abc.Mapping[str, SwitchFacts]
Chosen = abc.Mapping[str, str]


def resolve(switches: Switches, *chosen: Chosen) -> dict[str, str]:
    """Give the value of every switch: the last that was chosen, else the default.

    What a connection keeps under other names than switches is passed over.

    Raises:
        ConfigurationError: `automation.bad_value`.
    """
    values = {name: facts.default for name, facts in switches.items()}
    for wishes in chosen:
        values |= {name: value for name, value in wishes.items() if name in switches}
    for name, value in values.items():
        check(switches, name, value)
    return values


def check(switches: Switches, name: str, value: str) -> None:
    """Let a value through that a switch knows.

    Raises:
        ConfigurationError: There is no such switch, or it has no such value.
    """
    facts = switches.get(name)
    if facts is None:
        known = ", ".join(switches) or "none"
        raise ConfigurationError("automation.unknown", name=name[:80], known=known)
    if value in facts.choices or (facts.pattern and re.fullmatch(facts.pattern, value)):
        return
    choices = ", ".join(choice or "''" for choice in facts.choices)
    raise ConfigurationError("automation.bad_value", name=name, value=value[:80], choices=choices)


def not_in_bulk(switches: Switches, values: Chosen) -> str | None:
    """Name a switch whose value an upload cannot carry; None: it carries all."""
    for name, value in values.items():
        pattern = switches[name].bulk_pattern if name in switches else None
        if pattern is not None and not re.fullmatch(pattern, value):
            return name
    return None
