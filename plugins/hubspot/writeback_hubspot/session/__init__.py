"""An open conversation with one HubSpot account: calls, reading, finding, writing."""

from writeback_hubspot.session.talking import HubSpotSession

__all__ = ["HubSpotSession"]
