"""An open conversation with one Zoho CRM organisation, in four parts: calls, reading, writing, uploading."""

from writeback_zoho.session.talking import ZohoSession

__all__ = ["ZohoSession"]
