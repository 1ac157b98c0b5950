"""How a gate says no."""

from writeback.errors import GuardError


class GateClosedError(GuardError):
    """Something that was true when the plan was made no longer is."""
