"""An open conversation with one Salesforce org, in four parts: calls, reading, writing, uploading."""

from writeback_salesforce.session.talking import SalesforceSession

__all__ = ["SalesforceSession"]
