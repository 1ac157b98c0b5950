"""Insight forms as files: what `forms save FILE.json` reads."""

import json
from collections import abc
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from writeback.errors import ConfigurationError
from writeback.files import telling_unreadable
from writeback.model.forms import FormField, FormSection, InsightForm
from writeback.model.permissions import Level

_STRICT = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


class _Field(BaseModel):
    model_config = _STRICT
    attribute: str
    help: str = ""
    is_required: bool = Field(default=False, alias="required")
    default: str | None = None
    when: tuple[str, str] | None = None


class _Section(BaseModel):
    model_config = _STRICT
    title: str = ""
    fields: tuple[_Field, ...]


class _Form(BaseModel):
    model_config = _STRICT
    name: str
    entity: str = "account"
    title: str = ""
    is_published: bool = Field(default=False, alias="published")
    people: tuple[str, ...] = ()
    levels: tuple[Level, ...] = Field(default=(), strict=False)
    sections: tuple[_Section, ...]


def read_form(path: Path) -> InsightForm:
    """Read a form.

    Raises:
        ConfigurationError: The file cannot be read, or holds no form; names the place.
    """
    with telling_unreadable(path):
        raw = path.read_bytes()
    try:
        told = _Form.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        problem = f"{'.'.join(map(str, first['loc'])) or 'JSON'}: {first['msg']}"
        raise ConfigurationError("form.no_form", path=str(path), problem=problem[:200]) from error
    return _form(told)


def form_of(plain: abc.Mapping[str, object]) -> InsightForm:
    """Give the form that a part of another file holds.

    Raises:
        ValueError: It is none; says where.
    """
    return _form(_Form.model_validate_json(json.dumps(plain)))


def plain_of(form: InsightForm) -> dict[str, object]:
    """Give a form as `read_form` and `form_of` read it."""
    told = _Form(
        name=form.name,
        entity=form.entity,
        title=form.title,
        published=form.is_published,
        sections=tuple(
            _Section(
                title=one.title, fields=tuple(_Field.model_validate(asdict(field)) for field in one.fields)
            )
            for one in form.sections
        ),
    )
    return told.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _form(told: _Form) -> InsightForm:
    sections = tuple(
        FormSection(section.title, tuple(FormField(**dict(field)) for field in section.fields))
        for section in told.sections
    )
    never = datetime.fromtimestamp(0, UTC)  # the form is dated when it is kept
    return InsightForm(
        told.name,
        told.entity,
        told.title,
        sections,
        told.is_published,
        "",
        never,
        people=told.people,
        levels=told.levels,
    )
