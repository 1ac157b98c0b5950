"""An open conversation with one environment: calls, catalogue, reading, changes, writing; and signing in."""

from writeback_dynamics.session.talking import DynamicsSession

__all__ = ["DynamicsSession"]
