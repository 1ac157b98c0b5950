"""Every error a caller of Writeback can meet, grouped by what to do next.

An error carries a stable code (``area.what``) and facts; the sentence for a person is made in
``cli`` or ``gui`` from ``resources/help/errors.toml``. A refused record is an Outcome, never an
exception. Facts never hold a secret and never hold a whole response.

::

    WritebackError(code, **facts)
    ├─ ConfigurationError        change something, then again       exit 2
    │   ├─ MappingError · UnknownAttributeError · ConnectionNotReadyError
    ├─ ConnectorError
    │   ├─ RetryableError(after)  wait, then again; nothing changed  exit 75
    │   │   └─ RateLimitedError · QuotaSpentError · ReserveReachedError · BlackoutError · ServerBusyError
    │   │      · LinkLostError
    │   ├─ SignInRequiredError    pause the connection, ask          exit 3
    │   ├─ RefusedError           never again unchanged              exit 4
    │   │   └─ PermissionDeniedError · InvalidRequestError
    │   └─ OutcomeUnknownError    sent, no answer: read back first   exit 6
    ├─ GuardError                 our own no                         exit 7
    │   └─ WrongOrgError · ReadOnlyConnectionError · NotPermittedError · ApprovalNeededError
    ├─ PluginError                go on without it                   exit 70
    │   └─ PluginNotLoadableError · PluginTooNewError · ContractBrokenError
    ├─ WorkspaceError             open nothing, change nothing       exit 2
    │   └─ WorkspaceBusyError (75) · WorkspaceTooNewError · WorkspaceDamagedError
    └─ InternalError              our bug: keep a report             exit 70
    Cancelled                     control flow, not an error         exit 130
"""

from typing import ClassVar

__all__ = [
    "ApprovalNeededError",
    "BlackoutError",
    "Cancelled",
    "ConfigurationError",
    "ConnectionNotReadyError",
    "ConnectorError",
    "ContractBrokenError",
    "Fact",
    "GuardError",
    "InternalError",
    "InvalidRequestError",
    "LinkLostError",
    "MappingError",
    "NotPermittedError",
    "OutcomeUnknownError",
    "PermissionDeniedError",
    "PluginError",
    "PluginNotLoadableError",
    "PluginTooNewError",
    "QuotaSpentError",
    "RateLimitedError",
    "ReadOnlyConnectionError",
    "RefusedError",
    "ReserveReachedError",
    "RetryableError",
    "ServerBusyError",
    "SignInRequiredError",
    "UnknownAttributeError",
    "WorkspaceBusyError",
    "WorkspaceDamagedError",
    "WorkspaceError",
    "WorkspaceTooNewError",
    "WritebackError",
    "WrongOrgError",
]

Fact = str | int | float | bool | None


class WritebackError(Exception):
    """Something a caller is meant to handle; `code` is stable, `facts` fill its sentence."""

    exit_code: ClassVar[int] = 70

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({told})"


class ConfigurationError(WritebackError):
    """A setting, a file or an argument has to change first."""

    exit_code = 2


class MappingError(ConfigurationError):
    """A mapping contradicts another one or what the CRM describes."""


class UnknownAttributeError(ConfigurationError):
    """The named attribute, field, record or integration does not exist."""


class ConnectionNotReadyError(ConfigurationError):
    """The connection lacks something it needs before it can be used."""


class ConnectorError(WritebackError):
    """A CRM, or the way to it, did not do what was asked."""

    exit_code = 4


class RetryableError(ConnectorError):
    """Nothing changed in the CRM; the same call may be made again after `after` seconds."""

    exit_code = 75

    def __init__(self, code: str, *, after: float | None = None, **facts: Fact) -> None:
        super().__init__(code, **facts)
        self.after = after


class RateLimitedError(RetryableError):
    """The CRM asked us to slow down and processed nothing."""


class QuotaSpentError(RetryableError):
    """A daily quota is used up; waiting minutes does not help."""


class ReserveReachedError(RetryableError):
    """Jobs used up their share of the daily quota; what is left is kept for people."""


class BlackoutError(RetryableError):
    """A blackout of a schedule holds jobs; nobody asked the CRM."""


class ServerBusyError(RetryableError):
    """The CRM says it is busy and processed nothing."""


class LinkLostError(RetryableError):
    """The connection could not be made: not one byte of the request was sent."""


class SignInRequiredError(ConnectorError):
    """The sign-in is missing, expired or revoked."""

    exit_code = 3


class RefusedError(ConnectorError):
    """The CRM said no; the same request will be refused again."""


class PermissionDeniedError(RefusedError):
    """The signed-in user may not do this."""


class InvalidRequestError(RefusedError):
    """The CRM did not understand or accept the request as a whole."""


class OutcomeUnknownError(ConnectorError):
    """The request was sent and no answer came: only a read-back can tell what happened."""

    exit_code = 6


class GuardError(WritebackError):
    """Writeback itself refuses, to protect the CRM's data."""

    exit_code = 7


class WrongOrgError(GuardError):
    """Another org answered than the one this connection is pinned to."""


class ReadOnlyConnectionError(GuardError):
    """The connection is switched to read-only."""


class NotPermittedError(GuardError):
    """The author lacks a right; the facts say which, and who can grant it."""


class ApprovalNeededError(GuardError):
    """The plan waits for another person's word; it is kept, and nothing was sent."""


class PluginError(WritebackError):
    """A plugin failed; everything else goes on without it."""


class PluginNotLoadableError(PluginError):
    """The plugin could not be found, read or imported."""


class PluginTooNewError(PluginError):
    """The plugin needs another version of the plugin contract."""


class ContractBrokenError(PluginError):
    """A plugin, or a caller of one, broke the plugin contract."""


class WorkspaceError(WritebackError):
    """The workspace cannot be opened or written; nothing in it was changed."""

    exit_code = 2


class WorkspaceBusyError(WorkspaceError):
    """Another process holds the workspace longer than we may wait."""

    exit_code = 75


class WorkspaceTooNewError(WorkspaceError):
    """A newer Writeback wrote this workspace."""


class WorkspaceDamagedError(WorkspaceError):
    """The file is not a whole Writeback workspace."""


class InternalError(WritebackError):
    """A bug of ours."""


class Cancelled(Exception):  # noqa: N818  control flow, not an error
    """A person asked to stop."""
