"""A simulated Salesforce org for the demo, the tests and the command line.

Shares no code with the connector: a misreading of the wire may not agree with itself.
"""

from writeback_salesforce.simulator.crm import SalesforceSimulator, build

__all__ = ["SalesforceSimulator", "build"]
