"""Which options of a list another field's value allows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dependency:
    """A list whose options depend on another field of the same record."""

    controller: str
    """API name of the field that decides."""
    allowed: tuple[tuple[str, tuple[str, ...]], ...]
    """By the controller's value (`true`, `false` for a checkbox): the options allowed beside it. A value
    that is not named allows what the CRM says, which we do not know."""

    def of(self, value: str) -> tuple[str, ...] | None:
        """Give the options allowed beside a value of the controller; None: nothing is known of it."""
        return next((options for named, options in self.allowed if named == value), None)
