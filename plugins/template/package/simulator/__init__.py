"""A simulated Acme, written from its documentation. Shares no code with the connector."""

from writeback_acme.simulator.crm import AcmeSimulator, build

__all__ = ["AcmeSimulator", "build"]
