"""One HTTP stack for all connectors: sessions with time limits, guarded hosts, pacing and redaction."""

from writeback.transport.addresses import check_address
from writeback.transport.connections import keeping_lines
from writeback.transport.dialling import Dialling
from writeback.transport.failpoints import FAILPOINTS, arm, failpoint
from writeback.transport.policies import HttpPolicy, LimitSign
from writeback.transport.recording import ExchangeRecord, Sink, attempting, no_record
from writeback.transport.redacting import RedactingFormatter, Redactor, redact_handlers
from writeback.transport.sessions import open_http
from writeback.transport.throttling import Pace, SharedWait, Throttle, Window

__all__ = [
    "FAILPOINTS",
    "Dialling",
    "ExchangeRecord",
    "HttpPolicy",
    "LimitSign",
    "Pace",
    "RedactingFormatter",
    "Redactor",
    "SharedWait",
    "Sink",
    "Throttle",
    "Window",
    "arm",
    "attempting",
    "check_address",
    "failpoint",
    "keeping_lines",
    "no_record",
    "open_http",
    "redact_handlers",
]
