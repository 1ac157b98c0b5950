"""Faults on demand: what goes wrong, where, how often. Deterministic by seed.

A fault is armed and then taken when a request (or, inside a simulator, a row or a job) fits it.
Kinds that the chassis itself acts out:

``latency`` (`seconds`) answers late · ``status`` (`status`, `form` = json | html) refuses without doing ·
``cut_before`` reads the request, then closes the connection without doing anything · ``cut_after`` does it,
then closes without an answer · ``cut_upload`` (`bytes`) closes in the middle of the request's body ·
``cut_download`` (`bytes`) closes in the middle of the answer's body ·
``throttle`` (`requests`, `window_s`, and `retry_after` = true to state the wait) refuses what exceeds so many
requests in a rolling window with the vendor's limit error; its `times` defaults to no end ·
``drift`` changes the schema (`sdk.simulator.drifting` says how).

Each simulator adds its own kinds. What a simulator is asked to imitate that the vendor does otherwise is a
bug of the fault, so every kind names the page it comes from in the simulator's own list.
"""

import re
from collections import abc, deque
from dataclasses import dataclass, field

from writeback.errors import ConfigurationError
from writeback.sdk.simulator.background import new_lock
from writeback.sdk.simulator.mixing import mix

CHASSIS_KINDS = frozenset(
    {"latency", "status", "cut_before", "cut_after", "cut_upload", "cut_download", "throttle"}
)
DRIFT = "drift"
DRIFT_CHANGES = frozenset(
    {
        *(
            "gone",
            "renamed",
            "retyped",
            "shorter",
            "decimals",
            "locked",
            "calculated",
            "required",
            "labelled",
        ),
        *("option_gone", "option_renamed", "option_added", "restricted", "retargeted", "not_unique"),
        *("controlled", "object_gone", "object_locked"),
    }
)
"""What may become of a schema (`sdk.simulator.drifting`)."""
_ENDLESS = frozenset({"latency", "throttle", "revoke_field", DRIFT})
_RESERVED = frozenset({"kind", "method", "path", "skip", "times", "probability"})

Fact = str | int | float | bool | None | abc.Mapping[str, object] | abc.Sequence[object]


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong."""

    kind: str
    method: str = ""  # of the request; empty fits all
    path: str = ""  # a regular expression searched in the request's path
    skip: int = 0  # let so many fitting requests pass first
    times: int | None = 1  # then happen so often; None without end
    probability: float = 1.0
    facts: dict[str, Fact] = field(default_factory=dict)  # the kind's own arguments

    @classmethod
    def read(cls, given: abc.Mapping[str, Fact]) -> "Fault":
        """Read one element of the JSON list; unreserved keys are facts.

        Raises:
            ConfigurationError: There is no kind, or a number is none.
        """
        kind = given.get("kind")
        if not isinstance(kind, str):
            raise ConfigurationError("simulator.bad_fault", given=repr(given)[:200])
        times = given.get("times", None if kind in _ENDLESS else 1)
        try:
            return cls(
                kind,
                method=str(given.get("method", "")).upper(),
                path=re.compile(str(given.get("path", ""))).pattern,
                skip=_whole(given.get("skip", 0)),
                times=None if times is None else _whole(times),
                probability=float(str(given.get("probability", 1))),
                facts={name: fact for name, fact in given.items() if name not in _RESERVED},
            )
        except (ValueError, re.error) as error:
            raise ConfigurationError("simulator.bad_fault", given=repr(given)[:200], why=str(error)) from None

    def number(self, name: str, default: float) -> float:
        """Give a fact as a number."""
        return float(str(self.facts.get(name, default)))

    def text(self, name: str, default: str = "") -> str:
        """Give a fact as text."""
        return str(self.facts.get(name, default))

    def told(self) -> dict[str, object]:
        """Give the fault as the JSON it was read from."""
        plain = {"method": self.method, "path": self.path, "skip": self.skip, "times": self.times}
        return {"kind": self.kind, **plain, "probability": self.probability, **self.facts}


@dataclass(frozen=True, slots=True)
class Throttled:
    """A request exceeds the throttle."""

    wait: float  # seconds until the next one is let through
    states_wait: bool  # the answer says how long
    came_too_soon: bool  # an earlier answer had told this client to wait


class Faults:
    """The faults armed now."""

    def __init__(self, kinds: abc.Iterable[str] = (), *, seed: int = 1) -> None:
        self._known = CHASSIS_KINDS | frozenset(kinds)
        self._seed = seed
        self._drawn = 0
        self._armed: list[Fault] = []
        self._lock = new_lock()
        self._arrivals: deque[float] = deque()
        self._told_to_wait_until = 0.0

    def arm(self, *faults: Fault) -> None:
        """Add faults.

        Raises:
            ConfigurationError: This simulator knows no such kind.
        """
        for fault in faults:
            if fault.kind not in self._known:
                known = ", ".join(sorted(self._known))
                raise ConfigurationError("simulator.unknown_fault", kind=fault.kind, known=known)
            if fault.kind == DRIFT and fault.text("change") not in DRIFT_CHANGES:
                raise ConfigurationError("simulator.bad_fault", given=repr(fault.told())[:200])
        with self._lock:
            self._armed.extend(faults)

    def disarm(self) -> None:
        """Let everything go right again."""
        with self._lock:
            self._armed.clear()
            self._arrivals.clear()
            self._told_to_wait_until = 0.0

    def armed(self) -> list[Fault]:
        """Give the faults that may still happen."""
        return list(self._armed)

    def has(self, kind: str) -> bool:
        """Say whether such a fault is armed: a cheap question for hot loops."""
        return any(fault.kind == kind for fault in self._armed)

    def is_ripe(self, fault: Fault, *, method: str = "", path: str = "") -> bool:
        """Say whether a lasting fault is in force; a request that fits its `skip` is counted."""
        with self._lock:
            if fault.skip > 0 and _fits(fault, method, path, {}):
                fault.skip -= 1
                return False
            return fault.skip <= 0

    def take(self, kind: str, *, method: str = "", path: str = "", **keys: Fact) -> Fault | None:
        """Give the first armed fault that fits, and count it as having happened.

        A fact of the fault that is also among `keys` has to be equal; a fact that is missing fits all.
        """
        if not self._armed:
            return None
        with self._lock:
            for fault in self._armed:
                if fault.kind == kind and _fits(fault, method, path, keys) and self._happens(fault):
                    return fault
        return None

    def throttled(self, now: float, *, method: str = "", path: str = "") -> Throttled | None:
        """Say whether a request arriving now exceeds an armed throttle that fits it, and for how long."""
        with self._lock:
            armed = (fault for fault in self._armed if fault.kind == "throttle")
            fault = next((fault for fault in armed if _fits(fault, method, path, {})), None)
            if fault is None:
                return None
            window = fault.number("window_s", 1)
            while self._arrivals and self._arrivals[0] <= now - window:
                self._arrivals.popleft()
            if len(self._arrivals) < fault.number("requests", 1):
                self._arrivals.append(now)
                return None
            came_too_soon = now < self._told_to_wait_until
            self._told_to_wait_until = self._arrivals[0] + window
            states_wait = str(fault.facts.get("retry_after", "")).lower() == "true"
            return Throttled(self._told_to_wait_until - now, states_wait, came_too_soon)

    def _happens(self, fault: Fault) -> bool:
        if fault.probability < 1:
            self._drawn += 1
            if mix(self._seed, self._drawn) / 2**64 >= fault.probability:
                return False
        if fault.skip > 0:
            fault.skip -= 1
            return False
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._armed.remove(fault)
        return True


def parse_fault(text: str) -> Fault:
    """Read the command line's form `kind:name=value,name=value`.

    Raises:
        ConfigurationError: The text has no such form.
    """
    kind, _, rest = text.partition(":")
    given: dict[str, Fact] = {"kind": kind}
    for piece in filter(None, rest.split(",")):
        name, equals, value = piece.partition("=")
        if not equals:
            raise ConfigurationError("simulator.bad_fault", given=text[:200])
        given[name.strip()] = None if value == "none" else value
    return Fault.read(given)


def _fits(fault: Fault, method: str, path: str, keys: abc.Mapping[str, Fact]) -> bool:
    if fault.method and fault.method != method:
        return False
    if fault.path and not re.search(fault.path, path):
        return False
    return all(fault.facts.get(name, wanted) == wanted for name, wanted in keys.items())


def _whole(given: Fact) -> int:
    return int(str(given))
