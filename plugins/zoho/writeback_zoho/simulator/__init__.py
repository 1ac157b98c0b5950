"""A simulated Zoho CRM for the demo, the tests and the command line.

Shares no code with the connector: a misreading of the wire may not agree with itself.
"""

from writeback_zoho.simulator.crm import ZohoSimulator, build

__all__ = ["ZohoSimulator", "build"]
