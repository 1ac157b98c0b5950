"""The suite that proves how good a connector is: `conformance_suite("acme").require("gold")`."""

from writeback.conformance.promises import Tier
from writeback.conformance.suite import Report, conformance_suite

__all__ = ["Report", "Tier", "conformance_suite"]
