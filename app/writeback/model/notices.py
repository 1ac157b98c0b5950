"""What people are told without having asked, and what of it is taken off this machine.

Must not: hold a value of a record; notices leave the window.
"""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from writeback.model.changes import Reason


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
    PLAY = "play"
    """A play's run is held, a loop stopped it, or it cannot run."""
    PULL = "pull"
    """A pull by schedule failed."""


PASSING: Final = frozenset(
    {
        NoticeKind.NEEDS_YOU,
        NoticeKind.SIGN_IN,
        NoticeKind.DRIFT,
        NoticeKind.QUOTA,
        NoticeKind.DELIVERY,
        NoticeKind.PLAY,
        NoticeKind.PULL,
    }
)
"""Kinds that come to an end, which is told as a recovery."""
URGENT: Final = frozenset(
    {
        NoticeKind.FAILURE,
        NoticeKind.NEEDS_YOU,
        NoticeKind.SIGN_IN,
        NoticeKind.DELIVERY,
        NoticeKind.PLAY,
        NoticeKind.PULL,
    }
)
"""Kinds that no digest gathers."""


class PlayTrouble(enum.StrEnum):
    """Why people are told of a play."""

    HELD = "held"
    """A guard holds a run until somebody has looked."""
    STOPPED = "stopped"
    """It was switched off: plays set one another off."""
    WAITS = "waits"
    """It cannot run: what it looks at did not come in whole, or something that it names is gone."""


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
    unknown: int = 0
    """Rows that were sent and whose outcome nobody knows: they may have been written."""
    percent: int = 0
    was: NoticeKind | None = None
    """Of a recovery: what is over."""
    channel: str = ""
    """Of a delivery: the channel's id; `connection` is then its title."""
    about: str = ""
    """Of a play its name; of a pull the CRM's object."""
    about_id: str = ""
    """Of a play its name without case; of a pull the integration's id."""
    trouble: PlayTrouble | None = None
    """Of a play: which."""
    why: Reason | None = None
    """Of a play that cannot run: the reason."""

    @property
    def subject(self) -> str:
        """What it is about: a job, a play, an integration's pulls, a connection or a channel."""
        if self.about_id:
            return f"{(self.was or self.kind).value}:{self.about_id}"
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
    reached: tuple[str, ...] = ()
    """Of several recipients: who has it. Nothing is sent to them again."""
    refused: tuple[str, ...] = ()
    """Who refused it for good; asked again once somebody says so."""

    @property
    def is_failing(self) -> bool:
        """Say whether its last try failed."""
        return bool(self.code) and self.state not in (MessageState.SENT, MessageState.DROPPED)

    @property
    def is_waiting(self) -> bool:
        """Say whether it is to be tried, or tried again."""
        return self.state in (MessageState.WAITING, MessageState.SENDING)
