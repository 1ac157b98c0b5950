"""A simulated HubSpot portal for the demo, the tests and the command line.

Shares no code with the connector: a misreading of the wire may not agree with itself.
"""

from writeback_hubspot.simulator.crm import HubSpotSimulator, build

__all__ = ["HubSpotSimulator", "build"]
