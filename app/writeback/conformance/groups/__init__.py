"""All checks, in the order in which they run: what is cheap and basic comes first."""

from typing import Final

from writeback.conformance.checks import Check
from writeback.conformance.groups import (
    creating,
    describing,
    dying,
    failing,
    filtering,
    keeping_secrets,
    packaging,
    reading,
    steering,
    surviving,
    uploading,
    values,
    writing,
)

CHECKS: Final[tuple[Check, ...]] = (
    *packaging.CHECKS,
    *describing.CHECKS,
    *reading.CHECKS,
    *filtering.CHECKS,
    *values.CHECKS,
    *writing.CHECKS,
    *creating.CHECKS,
    *steering.CHECKS,
    *failing.CHECKS,
    *keeping_secrets.CHECKS,
    *uploading.CHECKS,
    *surviving.CHECKS,
    *dying.CHECKS,
)

__all__ = ["CHECKS"]
