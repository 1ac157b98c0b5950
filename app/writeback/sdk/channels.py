"""What a channel is handed: notices to take off this machine, and the way to the one place it may talk to.

A plugin offers channels in `connector.toml` (`[[channels]]`) and carries messages in the hook
`writeback_notify`. Nothing it is handed holds a value of a record: notices hold our words, numbers, the
numbers of jobs, and the names of connections where the person wants these.

The hook raises `ConnectorError`s only, and by their kind says what is done: `RetryableError` (try again,
after `after` seconds at the earliest), `OutcomeUnknownError` (sent, no answer: the same again),
`RefusedError` (never again as it is).
"""

from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from writeback.sdk.connector import Clock, Http


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One change of a state, told once."""

    kind: str
    """`failure`, `partial`, `needs_you`, `recovered`, `sign_in`, `drift`, `quota`, `delivery`, `play`, `pull`
    or `test`."""
    words: str
    """One sentence, in one line."""
    at: datetime
    """When it was noticed; aware, UTC."""
    connection: str = ""
    """'' where the person wants no names off this machine."""
    job: int = 0
    rows: int = 0
    not_written: int = 0
    unknown: int = 0
    """Rows that may have been written: they were sent, and nobody knows what became of them."""
    percent: int = 0
    was: str = ""
    """Of a recovery: the kind of what is over."""


@dataclass(frozen=True, slots=True)
class NoticeEvent:
    """One message: a change of a state, or those that were gathered for a digest."""

    id: str
    """The same at every try: a receiver that saw it already may drop it."""
    title: str
    """One line."""
    lines: tuple[NoticeLine, ...]
    at: datetime
    is_digest: bool = False
    is_test: bool = False
    attempt: int = 1
    settled: tuple[str, ...] = ()
    """Recipients, as `Delivered` named them, that have it or refused it for good: they are left out."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a message that goes to several recipients; the host keeps it for the next try."""

    answer: str
    """What the receiver said, one line."""
    reached: tuple[str, ...] = ()
    """Recipients that have it now."""
    later: abc.Mapping[str, str] = field(default_factory=dict)
    """Recipients that cannot be reached now, with the answer: the message is tried again for these."""
    refused: abc.Mapping[str, str] = field(default_factory=dict)
    """Recipients that never take it as it is, with the answer: people are told, by name."""


class Dial(Protocol):
    """Opens a line to the channel's own host."""

    def __call__(self, port: int, *, is_encrypted: bool) -> Any:  # noqa: ANN401  a socket, which plugins may not name
        """Give a connected socket; encrypted, its certificate is checked.

        Raises:
            LinkLostError: Nobody answered, or the certificate is not the host's.
            GuardError: There is no such place, or it may not be talked to.
        """


@dataclass(frozen=True, slots=True)
class Channel:
    """Everything one delivery needs, handed over by the host. Its repr shows no secret."""

    name: str
    """As in the manifest."""
    form: abc.Mapping[str, str]
    """What the person answered to the channel's form."""
    secret: abc.Callable[[str], str] = field(repr=False)
    """Gives a secret by its name in the manifest; '' where none was given."""
    http: Http = field(repr=False)
    """Talks to the channel's own host by https, or to this machine; follows no redirect."""
    dial: Dial = field(repr=False)
    """For what is not HTTP; lines it opened are cut when the time is over."""
    tls: Any = field(repr=False)
    """Encrypts a line that is open (STARTTLS) by `wrap_socket`, and checks the host's certificate."""
    is_loopback: bool
    """The host is this machine: what is not encrypted goes no further."""
    seconds: float
    """So long after it was called the hook has to be done."""
    now: Clock = field(repr=False)
