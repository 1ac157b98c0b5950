"""A configured sign-in to one org, and what the org told about itself."""

import enum
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from writeback.model.types import ConnectionId


class Environment(enum.StrEnum):
    """What kind of org answers; UNKNOWN is treated as production."""

    PRODUCTION = "PRODUCTION"
    UAT = "UAT"
    TEST = "TEST"
    DEVELOPMENT = "DEVELOPMENT"
    UNKNOWN = "UNKNOWN"


class Safety(enum.StrEnum):
    """What Review & send asks before it sends."""

    SILENT = "silent"
    ASK = "ask"
    TYPE_NAME = "type_name"


class SignInState(enum.StrEnum):
    """Whether a session can be opened right now."""

    READY = "ready"
    NEEDED = "needed"
    DISCONNECTED = "disconnected"
    """A person took the sign-in away; what was pulled, and the jobs, stay."""


COLOURS: Final = ("red", "amber", "green", "blue", "violet", "grey")
"""The colours a person may give a connection; the window has a tone for each, in every theme."""
WORD_MOST: Final = 24
COLLECT_MOST: Final = 120
"""The longest collecting window, in seconds."""


@dataclass(frozen=True, slots=True)
class Org:
    """Who answers on the other side, as the CRM says it."""

    id: str
    name: str
    user: str
    environment: Environment
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """A configured sign-in to one org. Holds references to secrets, never a secret."""

    id: ConnectionId
    name: str
    connector: str
    origin: str
    auth: str
    """`token_file`, `credentials_file`, or `oauth` for every sign-in whose tokens lie in the vault."""
    token_file: str | None = None
    """The path of the token file or credentials file."""
    is_simulator: bool = False
    org: Org | None = None
    safety: Safety = Safety.TYPE_NAME
    read_only: bool = False
    write_on_save: bool = False
    sign_in: SignInState = SignInState.READY
    options: tuple[tuple[str, str], ...] = field(default=())
    """The connector's own settings, e.g. API version, client id; never a secret."""
    word: str = ""
    """What people call this environment; '' shows the org's own word."""
    sign_in_since: datetime | None = None
    """Since when the state of its sign-in is what it is; None: not noted."""
    scopes: tuple[str, ...] = ()
    """What the issuer said that the sign-in may do; none: it did not say."""
    colour: str = ""
    """A colour of `COLOURS`; '' shows the environment's own."""
    clock_ahead_s: int = 0
    """By how many seconds the CRM's clock was ahead of this computer's, where that is too much; else 0."""
    collect_s: int = 0
    """So long, in seconds, a job gathers what else is changed before it starts; 0: not at all."""

    @property
    def environment(self) -> Environment:
        """What kind of org answers; UNKNOWN before the first sign-in."""
        return self.org.environment if self.org is not None else Environment.UNKNOWN

    @property
    def environment_word(self) -> str:
        """The word that stands wherever this connection is shown."""
        return self.word or self.environment.value
