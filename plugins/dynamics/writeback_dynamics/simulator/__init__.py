"""A simulated Dataverse environment for the demo, the tests and the command line.

Shares no code with the connector: a misreading of the wire may not agree with itself.
"""

from writeback_dynamics.simulator.crm import DataverseSimulator, build

__all__ = ["DataverseSimulator", "build"]
