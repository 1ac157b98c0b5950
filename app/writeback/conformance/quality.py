"""Read a connector's `quality.toml`: the tier it claims, its owner, and what the checks need to know.

The file stands in the connector's package or, in a checkout, beside it. It is read, never run. The
vocabulary of `[probe]` and `[faults]` is documented in `sdk/GUIDE.md`.
"""

import enum
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from writeback.conformance.promises import BrokenPromiseError, NotApplicableError, Tier
from writeback.errors import ConfigurationError
from writeback.model.types import AttributeType

Path255 = Annotated[str, Field(pattern=r"^\w+(\.\w+)*$", max_length=255)]


NOTHING = "none"
"""Stands for nothing in a fault, as it does on the command line: TOML has no word for it."""


class FaultName(enum.StrEnum):
    """Faults that the checks ask a simulator for beyond those of the chassis."""

    REJECT_TOKEN = "reject_token"  # noqa: S105  the name of a fault
    """The next request is answered *signed out*; the token a refresh gives is good."""
    HOLD_ROW = "hold_row"
    """The next write to record `{id}` of `{object}` is answered *not processed*: a lock, a busy row."""
    REFUSE_ROW = "refuse_row"
    """The next write to record `{id}` of `{object}` is refused for good. May be left out."""
    LIMIT = "limit"
    """The next request is refused by a rate limit, without saying how long."""
    DROP_FIELD = "drop_field"
    """Field `{field}` of `{object}` is gone from now on."""
    PROTECT_FIELD = "protect_field"
    """Field `{field}` of `{object}` is read-only from now on."""
    EDIT_BEFORE_WRITE = "edit_before_write"
    """Somebody else sets `{field}` of record `{id}` to `{value}` just before the next write to it."""
    LOSE_CREATE = "lose_create"
    """The next bulk job is opened, and the answer is lost."""


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Owner(_Facts):
    """Who answers for the connector."""

    name: str = ""
    contact: str = ""


class ReferenceProbe(_Facts):
    """A reference field that may be re-pointed, and how a target is found."""

    field: str
    object: str
    by: str


class Probe(_Facts):
    """What the checks write, and where. What is left out is looked up in the description."""

    object: Path255
    fields: dict[AttributeType, str] = Field(default_factory=dict)
    """A field that may be written, by type."""
    read_only: str = ""
    """A field that may not be written."""
    path: Path255 | None = None
    """A path through a reference to a text."""
    reference: ReferenceProbe | None = None
    filter: str = ""
    """A condition, in the CRM's language, that some records meet and others do not."""
    rows: int = Field(default=60, ge=20, le=5000)
    simulator: dict[str, str] = Field(default_factory=dict)
    """Options of the simulator; its pages have to be smaller than `rows`."""
    connection: dict[str, str] = Field(default_factory=dict)
    """Options of the connection."""
    other_org: dict[str, str] = Field(default_factory=dict)
    """Options that make the simulator another org; another seed is given as well."""


class Quality(_Facts):
    """A whole `quality.toml`."""

    connector: str
    tier: Tier = Tier.NONE
    owner: Owner = Owner()
    probe: Probe
    faults: dict[FaultName, dict[str, Any]] = Field(default_factory=dict)
    """How the simulator is asked for it: `kind`, facts; {object}, {field}, {id}, {value} are filled."""
    proof: dict[str, str] = Field(default_factory=dict)
    not_proven: dict[str, str] = Field(default_factory=dict)
    not_offered: dict[str, str] = Field(default_factory=dict)
    """Faults and probe facts that this CRM has nothing for, each with the reason: `hold_row`, `path`, …"""

    def lacking(self, name: str) -> Exception:
        """Give what to raise where the file says nothing about `name`: silence is no excuse, a reason is."""
        reason = self.not_offered.get(name)
        if reason:
            return NotApplicableError(f"{name}: {reason}")
        return BrokenPromiseError(
            f"quality.toml says nothing about {name}: give it, or a reason in [not_offered]"
        )

    def fault(self, name: FaultName, **places: str) -> dict[str, Any] | None:
        """Give the fault as the simulator takes it, with its places filled; None: it has none such."""
        wish = self.faults.get(name)
        return None if wish is None else {key: _filled(value, places) for key, value in wish.items()}


def read_quality(path: Path) -> Quality:
    """Read and check the file.

    Raises:
        ConfigurationError: It cannot be read, or a fact is unknown or malformed.
    """
    try:
        return Quality.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError("quality.unreadable", file=str(path), detail=str(error)[:300]) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file as a whole"
        raise ConfigurationError(
            "quality.invalid", file=str(path), where=where, detail=first["msg"][:300]
        ) from error


def _filled(value: Any, places: dict[str, str]) -> Any:  # noqa: ANN401  TOML
    if value == NOTHING:
        return None
    if isinstance(value, str):
        for name, text in places.items():
            value = value.replace(f"{{{name}}}", text)
        return value
    if isinstance(value, dict):
        return {_filled(key, places): _filled(inner, places) for key, inner in value.items()}
    return value
