"""Writeback: bring customer data edited outside the CRM back into the CRM, correctly, at any volume."""

from typing import Final

__version__: Final = "0.1.0"
