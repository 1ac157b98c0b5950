"""A configuration as a file: JSON, read strictly. Pure: reads and writes text, asks nobody."""

import json
from collections import abc
from typing import Final

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from writeback.errors import ConfigurationError, InternalError
from writeback.model.attributes import Attribute, Entity, Option
from writeback.model.configurations import Configuration, Pulled, SavedSegment
from writeback.model.guards import LIMIT_NAMES
from writeback.model.schedules import Schedule
from writeback.model.types import AttributeType
from writeback.runtime import form_files, mapping_files

FORMAT: Final = "writeback-configuration"
VERSION: Final = 1
MOST: Final = 20_000_000
"""A longer file is no configuration."""
_STRICT = ConfigDict(extra="forbid", strict=True)


class _Entity(BaseModel):
    model_config = _STRICT
    name: str
    title: str


class _Option(BaseModel):
    model_config = _STRICT
    value: str
    label: str
    active: bool = True


class _Attribute(BaseModel):
    model_config = _STRICT
    entity: str
    name: str
    title: str
    kind: str
    options: list[_Option] = []
    description: str = ""
    editable: bool = True
    default: str = ""
    role: bool = False


class _Integration(BaseModel):
    model_config = _STRICT
    connection: str
    connector: str
    object: str
    entity: str
    key: str
    filter: str = ""
    match: str = ""
    link: str = ""
    person: str = ""
    fields: list[dict[str, JsonValue]] = []
    schedule: dict[str, JsonValue] | None = None


class _Segment(BaseModel):
    model_config = _STRICT
    name: str
    entity: str
    text: str


class _File(BaseModel):
    model_config = _STRICT
    format: str
    version: int
    workspace: str = ""
    made_at: str = ""
    entities: list[_Entity] = []
    attributes: list[_Attribute] = []
    integrations: list[_Integration] = []
    segments: list[_Segment] = []
    forms: list[dict[str, JsonValue]] = []
    limits: dict[str, float | None] = {}


def to_text(told: Configuration) -> str:
    """Give a configuration as the text of a file."""
    plain = {
        "format": FORMAT,
        "version": VERSION,
        "workspace": told.workspace,
        "made_at": told.made_at,
        "entities": [{"name": one.name, "title": one.title} for one in told.entities],
        "attributes": [_attribute_plain(one, told.roles) for one in told.attributes],
        "integrations": [_integration_plain(one) for one in told.integrations],
        "segments": [{"name": one.name, "entity": one.entity, "text": one.text} for one in told.segments],
        "forms": [form_files.plain_of(one) for one in told.forms],
        "limits": dict(told.limits),
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def read(text: str, *, name: str) -> Configuration:
    """Read a configuration from the text of a file.

    Raises:
        ConfigurationError: `config.unreadable`: it is none, and where; `config.too_new`: a newer Writeback
            wrote it.
    """
    file = name[:200]
    if len(text) > MOST:
        raise ConfigurationError("config.unreadable", file=file, problem="longer than 20 MB")
    try:
        plain = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ConfigurationError("config.unreadable", file=file, problem=str(error)[:200]) from error
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise ConfigurationError("config.unreadable", file=file, problem=f"its format is not {FORMAT}")
    version = plain.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version > VERSION:
        raise ConfigurationError("config.too_new", file=file, found=str(version)[:20], known=VERSION)
    try:
        return _configuration(_File.model_validate_json(json.dumps(plain)))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem = str(error)
    raise ConfigurationError("config.unreadable", file=file, problem=problem[:200])


def _configuration(told: _File) -> Configuration:
    unknown = sorted(set(told.limits) - set(LIMIT_NAMES))
    if unknown:
        raise ValueError(f"limits: unknown limit {unknown[0]!r}")
    made = Configuration(
        entities=tuple(Entity(one.name, one.title) for one in told.entities),
        attributes=tuple(map(_attribute, told.attributes)),
        roles=frozenset((one.entity, one.name) for one in told.attributes if one.role),
        integrations=tuple(map(_integration, told.integrations)),
        segments=tuple(SavedSegment(one.name, one.entity, one.text) for one in told.segments),
        forms=tuple(form_files.form_of(one) for one in told.forms),
        limits=tuple(told.limits.items()),
        workspace=told.workspace[:200],
        made_at=told.made_at[:40],
    )
    _refuse_twice("entities", (one.name for one in made.entities))
    _refuse_twice("attributes", (f"{one.entity}.{one.name}" for one in made.attributes))
    _refuse_twice("segments", (one.name.casefold() for one in made.segments))
    _refuse_twice("forms", (one.name.casefold() for one in made.forms))
    _refuse_twice(
        "integrations", (f"{one.connection}/{one.object}/{one.entity}" for one in made.integrations)
    )
    return made


def _refuse_twice(what: str, names: abc.Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{what}: {name!r} stands there twice")
        seen.add(name)


def _attribute(one: _Attribute) -> Attribute:
    return Attribute(
        one.entity,
        one.name,
        one.title,
        AttributeType(one.kind),
        tuple(Option(option.value, option.label, option.active) for option in one.options),
        one.description,
        one.editable,
        one.default,
    )


def _integration(one: _Integration) -> Pulled:
    mappings = tuple(mapping_files.mapping_from(entry) for entry in one.fields)
    _refuse_twice(f"fields of {one.object}", (str(mapping.path) for mapping in mappings))
    facts = one.model_dump(exclude={"fields", "schedule"})
    return Pulled(**facts, mappings=mappings, schedule=_schedule(one))


def _schedule(one: _Integration) -> Schedule | None:
    if one.schedule is None:
        return None
    try:
        return Schedule.from_text(json.dumps(one.schedule))
    except InternalError as error:
        raise ValueError(f"schedule of {one.object}: it is none") from error


def _attribute_plain(one: Attribute, roles: frozenset[tuple[str, str]]) -> dict[str, object]:
    usual: dict[str, object] = {"options": [], "description": "", "editable": True, "default": ""}
    told: dict[str, object] = {
        "entity": one.entity,
        "name": one.name,
        "title": one.title,
        "kind": one.kind.value,
        "options": [
            {"value": option.value, "label": option.label, "active": option.active} for option in one.options
        ],
        "description": one.description,
        "editable": one.editable,
        "default": one.default,
    }
    kept = {name: value for name, value in told.items() if usual.get(name) != value}
    return kept | ({"role": True} if (one.entity, one.name) in roles else {})


def _integration_plain(one: Pulled) -> dict[str, object]:
    names = ("filter", "match", "link", "person")
    return {
        "connection": one.connection,
        "connector": one.connector,
        "object": one.object,
        "entity": one.entity,
        "key": one.key,
        **{name: getattr(one, name) for name in names if getattr(one, name)},
        "fields": [mapping_files.plain_of(mapping) for mapping in one.mappings],
        **({} if one.schedule is None else {"schedule": json.loads(one.schedule.to_text())}),
    }
