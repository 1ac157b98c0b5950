"""Channels by which notices leave this machine; reading them is `runtime.telling_notices`."""

from dataclasses import dataclass, field
from typing import Protocol

from writeback.errors import Fact


@dataclass(frozen=True, slots=True)
class ChannelWish:
    """What is to be other about a channel; None leaves a part as it is."""

    channel: str
    is_on: bool | None = None
    form: tuple[tuple[str, str], ...] | None = None
    """Answers by name; those that are not given stay, '' takes one away."""
    secrets: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """They go into the vault and nowhere else; '' forgets one."""
    kinds: tuple[str, ...] | None = None
    """Which kinds of notices go by it."""
    not_for: tuple[str, ...] | None = None
    """Ids of connections of which it tells nothing."""
    allow_host: str = ""
    """The host that the person was shown and allowed."""


@dataclass(frozen=True, slots=True)
class ChannelTest:
    """What came of a test message."""

    channel: str
    is_delivered: bool
    answer: str
    """The receiver's own words."""
    code: str = ""
    facts: tuple[tuple[str, Fact], ...] = ()


class NoticeCalls(Protocol):
    """Channels, and the messages that went by them."""

    def set_channel(self, wish: ChannelWish, *, act: str) -> str:
        """Set a channel up, switch it on or off; gives its id. What was given up is tried again.

        Raises:
            ConfigurationError: `notice.…`: there is no such channel, an answer is none, it is not whole
                enough to be switched on, or its host was not allowed; `settings.locked`; `vault.…`.
        """

    def test_channel(self, channel: str, *, act: str) -> ChannelTest:
        """Send a test message now, whether the channel is on or off; what goes wrong is told, not raised.

        Raises:
            ConfigurationError: There is no such channel.
        """

    def retry_messages(self, channel: str, *, act: str) -> int:
        """Let what was given up by a channel, or waits for a later try, be tried now; gives how many.

        Raises:
            ConfigurationError: There is no such channel.
        """
