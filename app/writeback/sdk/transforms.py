"""What a named transform of values is: the one thing that the hook `writeback_transforms` offers.

A transform is pure: the same value and argument give the same answer, and nothing else is read, kept or
sent. It runs for every row that is planned, in the worker, in `serve` or by the command line.
"""

from typing import Protocol, runtime_checkable

from writeback.model.changes import Reason
from writeback.model.types import Value


@runtime_checkable
class Transform(Protocol):
    """Shapes what goes out: from a value of ours to the one that the CRM is to hold."""

    @property
    def name(self) -> str:
        """As mappings name it: small letters, digits, `_`. A plugin's is told apart by its id: `acme.vat`."""

    def apply(self, value: Value, argument: str) -> Value | Reason:
        """Give the value to be written, or why there is none.

        Args:
            value: Canonical (`writeback.model.types.Value`) and never nothing: an empty field is cleared
                without asking.
            argument: What stands behind `=` in the mapping; '' for nothing.
        """


@runtime_checkable
class Inverts(Protocol):
    """A transform that can be turned back: then what comes in from the CRM goes through it too."""

    def invert(self, value: Value, argument: str) -> Value | Reason:
        """Give the value that `apply` makes `value` of, or why there is none."""
