"""Plays as files: what `plays save FILE.json` reads and `plays show` prints."""

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from writeback.errors import ConfigurationError, InternalError
from writeback.files import telling_unreadable
from writeback.model.plays import AssignRule, Play, PlayMode, StepKind, TriggerKind
from writeback.store.play_texts import play_from_plain

_STRICT = ConfigDict(extra="forbid")


class _Trigger(BaseModel):
    model_config = _STRICT
    kind: TriggerKind = TriggerKind.BY_HAND
    segment: str = ""
    schedule: dict[str, Any] | None = None


class _Step(BaseModel):
    model_config = _STRICT
    kind: StepKind
    attribute: str = ""
    text: str = ""
    source: str = ""
    rule: AssignRule = AssignRule.FIXED
    people: tuple[str, ...] = ()
    form: str = ""
    due_days: int | None = None


class _Guards(BaseModel):
    model_config = _STRICT
    rows: int = 1_000
    percent: float | None = None
    once_days: int | None = None


class _Play(BaseModel):
    model_config = _STRICT
    name: str
    entity: str = "account"
    trigger: _Trigger = _Trigger()
    conditions: str = ""
    steps: tuple[_Step, ...]
    mode: PlayMode = PlayMode.DRAFTS
    targets: tuple[str, ...] = ()
    """As `plays show` prints them; who takes the values is looked up when the play is switched on."""
    only: tuple[str, ...] = ()
    """Names or ids of the connections that it sends to; left out: all that take its values."""
    named: tuple[str, ...] = ()
    """As `plays show` prints them; a play that is saved was agreed to by nobody."""
    guards: _Guards = _Guards()
    on: Literal[True, False] = False
    """As `plays show` prints it; a play that is saved is off."""


_SCHEDULE: dict[str, Any] = {
    "zone": "UTC",
    "at": "00:00",
    "on": None,
    "every": 0,
    "days": [],
    "day": 1,
    "cron": "",
    "catch_up": True,
    "blackouts": [],
}
"""What a schedule says that a file leaves out."""


def read_play(path: Path) -> Play:
    """Read a play.

    Raises:
        ConfigurationError: The file cannot be read, or holds no play; names the place.
    """
    with telling_unreadable(path):
        raw = path.read_bytes()
    try:
        told = _Play.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        problem = f"{'.'.join(map(str, first['loc'])) or 'JSON'}: {first['msg']}"
        raise ConfigurationError("play.no_play", path=str(path), problem=problem[:200]) from error
    plain = told.model_dump(mode="json")
    schedule = plain["trigger"]["schedule"]
    if schedule is not None:
        blackouts = [{"days": [], "holds_sends": False, **one} for one in schedule.get("blackouts", ())]
        plain["trigger"]["schedule"] = {**_SCHEDULE, **schedule, "blackouts": blackouts}
    try:
        return play_from_plain(plain)
    except (InternalError, TypeError) as error:
        problem = "trigger.schedule: it needs a cadence, and times like 07:30"
        raise ConfigurationError("play.no_play", path=str(path), problem=problem) from error
