"""What left this machine, what waits and what was given up; and of which channels a secret is kept."""

from collections import abc
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from writeback.host.hosting import Host
from writeback.model.notices import Message
from writeback.preferences import Preferences
from writeback.runtime.channels import ChannelView, views
from writeback.store import channel_secrets, messages, workers
from writeback.store.workspace import Workspace

HEARD_FOR: Final = timedelta(seconds=30)


def sent_messages(workspace: Workspace, *, channel: str = "") -> tuple[Message, ...]:
    """Give messages, the newest first; of a channel by its id or its own name, or of all."""
    with workspace.reading() as db:
        found = messages.recent(db)
    return tuple(one for one in found if channel in ("", one.channel, one.channel.partition(".")[2]))


def last_messages(workspace: Workspace) -> dict[str, Message]:
    """Give of each channel the message that was tried last, tests included."""
    found: dict[str, Message] = {}
    for one in sent_messages(workspace):
        if one.tried_at is not None:
            found.setdefault(one.channel, one)
    return found


def kept_secrets(workspace: Workspace, channel: str) -> frozenset[str]:
    """Give the names of the secrets that are kept for a channel."""
    with workspace.reading() as db:
        return frozenset(channel_secrets.of(db, channel))


@dataclass(frozen=True, slots=True)
class ChannelsTold:
    """All channels, as the page of settings shows them."""

    channels: tuple[ChannelView, ...]
    last: abc.Mapping[str, Message]
    """Of each channel the message that was tried last, tests included."""
    kept: abc.Mapping[str, frozenset[str]]
    """Of each channel the names of the secrets that are kept."""
    is_delivered: bool = True
    """A worker was heard of within half a minute: what is due goes."""


def tell_channels(workspace: Workspace, preferences: Preferences, *, now: datetime) -> ChannelsTold:
    """Give all channels with what was set up and what came of it; runs no plugin, opens no secret."""
    found = views(Host.for_this_user(), preferences)
    kept = {one.id: kept_secrets(workspace, one.id) for one in found}
    with workspace.reading() as db:
        heard = any(now - one.beat_at < HEARD_FOR for one in workers.every(db))
    return ChannelsTold(found, last_messages(workspace), kept, heard)
