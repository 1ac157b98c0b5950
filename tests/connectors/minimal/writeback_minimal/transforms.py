"""Transforms as a third party writes them."""

from typing import Final

from writeback.model.changes import Reason
from writeback.model.types import Value


class Backwards:
    """Writes a text backwards, and reads it so."""

    name = "backwards"

    def apply(self, value: Value, argument: str) -> Value | Reason:
        """Turn a text round."""
        return value[::-1] if isinstance(value, str) else Reason("value.not_text")

    def invert(self, value: Value, argument: str) -> Value | Reason:
        """Turn it back."""
        return self.apply(value, argument)


class Boom:
    """Fails."""

    name = "boom"

    def apply(self, value: Value, argument: str) -> Value | Reason:
        """Raise."""
        raise RuntimeError("boom")


BACKWARDS: Final = Backwards()
BOOM: Final = Boom()
