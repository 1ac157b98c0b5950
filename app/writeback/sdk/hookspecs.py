"""The hooks a plugin may implement (pluggy project name: ``writeback``).

A hook exists only with documentation in HOOKS.md, a test and a real user. Today there is one.
"""

from collections import abc

import pluggy

from writeback.sdk.connector import Connector

PROJECT = "writeback"
ENTRY_POINT_GROUP = "writeback.connectors"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def writeback_connectors() -> abc.Iterable[Connector]:  # type: ignore[empty-body]  # a spec has no body
    """Offer the plugin's connectors; called when one of them is first needed."""
