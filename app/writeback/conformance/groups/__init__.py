"""All checks, in the order in which they run: what is cheap and basic comes first."""

from typing import Final

from writeback.conformance.checks import Check
from writeback.conformance.groups import (
    describing,
    packaging,
    reading,
)

CHECKS: Final[tuple[Check, ...]] = (
    *packaging.CHECKS,
    *describing.CHECKS,
    *reading.CHECKS,
)

__all__ = ["CHECKS"]
