"""The chassis every connector's simulator stands on: HTTP server, faults, applied-log, locks.

A simulator is an object of the shape `Crm`; `serve` puts it on a port of 127.0.0.1. The chassis knows
HTTP and no CRM; a simulator knows its vendor's wire and opens no socket. It must not share code with its
connector.

The **control door** lies on the same port under `/__simulator__/` and asks for the simulator's bearer
token (the first one, which never expires there). It answers JSON:

- `POST /__simulator__/faults` arms a JSON list of faults (see `Fault`); `GET` lists, `DELETE` disarms all.
- `GET /__simulator__/applied?after=N&limit=M` gives applied-log entries with a sequence number above N.
- `POST /__simulator__/edit` `{"object","id","fields"}` is an edit by somebody else, made at once.
- `GET /__simulator__/requests` gives `total`, `counts` by kind, `inside_wait` (requests that arrived inside a
  throttle's wait), and the last requests with kind, method, path, status, time and the headers that matter.
  `DELETE` starts counting anew.
"""

from writeback.sdk.simulator.applied import Applied, AppliedLog, read_applied
from writeback.sdk.simulator.background import Background, Lock, new_lock
from writeback.sdk.simulator.certificates import Certificates, issue_certificates
from writeback.sdk.simulator.cycles import Cycle, CycleRow, StandIn
from writeback.sdk.simulator.drifting import Change, Drifts
from writeback.sdk.simulator.faults import Fault, Faults, parse_fault
from writeback.sdk.simulator.messages import Answer, Body, Crm, FilePart, Request, json_answer
from writeback.sdk.simulator.mixing import mix, shuffled
from writeback.sdk.simulator.serving import Running, serve
from writeback.sdk.simulator.switches import Switches
from writeback.sdk.simulator.telling import Requests, utc_now

__all__ = [
    "Answer",
    "Applied",
    "AppliedLog",
    "Background",
    "Body",
    "Certificates",
    "Change",
    "Crm",
    "Cycle",
    "CycleRow",
    "Drifts",
    "Fault",
    "Faults",
    "FilePart",
    "Lock",
    "Request",
    "Requests",
    "Running",
    "StandIn",
    "Switches",
    "issue_certificates",
    "json_answer",
    "mix",
    "new_lock",
    "parse_fault",
    "read_applied",
    "serve",
    "shuffled",
    "utc_now",
]
