"""The hooks a plugin may implement (pluggy project name: ``writeback``).

A hook exists only with documentation in HOOKS.md, a test and a real user. Today there are three.
"""

from collections import abc

import pluggy

from writeback.sdk.channels import Channel, Delivered, NoticeEvent
from writeback.sdk.connector import Connector
from writeback.sdk.transforms import Transform

PROJECT = "writeback"
ENTRY_POINT_GROUP = "writeback.connectors"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def writeback_connectors() -> abc.Iterable[Connector]:  # type: ignore[empty-body]  # a spec has no body
    """Offer the plugin's connectors; called when one of them is first needed."""


@hookspec
def writeback_transforms() -> abc.Iterable[Transform]:  # type: ignore[empty-body]  # a spec has no body
    """Offer named transforms of values; called when a mapping that uses one of them is first at work."""


@hookspec
def writeback_notify(event: NoticeEvent, channel: Channel) -> str | Delivered:  # type: ignore[empty-body]  # a spec has no body
    """Take one message off this machine by one of the plugin's channels; give the receiver's own answer."""
