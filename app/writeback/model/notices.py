"""What people are told without having asked, and what of it is taken off this machine.

Must not: hold a value of a record; notices leave the window.
"""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Final


class NoticeKind(enum.StrEnum):
    """What is told; the name of the setting that says where."""

    FAILURE = "failure"
    PARTIAL = "partial"
    NEEDS_YOU = "needs_you"
    RECOVERED = "recovered"
    SIGN_IN = "sign_in"
    DRIFT = "drift"
    QUOTA = "quota"
    DELIVERY = "delivery"
    """A message could not be taken off this machine."""


PASSING: Final = frozenset(
    {NoticeKind.NEEDS_YOU, NoticeKind.SIGN_IN, NoticeKind.DRIFT, NoticeKind.QUOTA, NoticeKind.DELIVERY}
)
"""Kinds that come to an end, which is told as a recovery."""
URGENT: Final = frozenset({NoticeKind.FAILURE, NoticeKind.NEEDS_YOU, NoticeKind.SIGN_IN, NoticeKind.DELIVERY})
"""Kinds that no digest gathers."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell."""

    kind: NoticeKind
    key: str
    """The same as long as the same state lasts."""
    connection_id: str
    connection: str
    job_id: str = ""
    number: int = 0
    at: datetime | None = None
    rows: int = 0
    not_written: int = 0
    percent: int = 0
    was: NoticeKind | None = None
    """Of a recovery: what is over."""
    channel: str = ""
    """Of a delivery: the channel's id; `connection` is then its title."""

    @property
    def subject(self) -> str:
        """What it is about: a job, a connection or a channel."""
        return self.job_id or self.connection_id or self.channel

    @property
    def is_urgent(self) -> bool:
        """Say whether no digest gathers it; an end is as urgent as what it ends."""
        return (self.was or self.kind) in URGENT


class MessageState(enum.StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    """For its first try, or for the next one."""
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given_up"
    """Refused, or tried for a day; it can be sent again."""
    DROPPED = "dropped"
    """Its channel was switched off before it went."""


@dataclass(frozen=True, slots=True)
class Message:
    """What goes by one channel at once: a change of a state, or several that were gathered."""

    id: str
    channel: str
    state: MessageState
    title: str
    made_at: datetime
    due_at: datetime
    is_digest: bool = False
    is_test: bool = False
    tries: int = 0
    tried_at: datetime | None = None
    sent_at: datetime | None = None
    code: str = ""
    answer: str = ""
    """What the receiver said, or what went wrong, in words."""

    @property
    def is_failing(self) -> bool:
        """Say whether its last try failed."""
        return bool(self.code) and self.state not in (MessageState.SENT, MessageState.DROPPED)

    @property
    def is_waiting(self) -> bool:
        """Say whether it is to be tried, or tried again."""
        return self.state in (MessageState.WAITING, MessageState.SENDING)
