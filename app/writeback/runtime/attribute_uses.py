"""What names an attribute besides its mappings: saved segments, insight forms and SuccessPlays.

Must not: tell of mappings, drafts and jobs (`store.remodelling` does: those hold values).
"""

import contextlib
from collections import abc, defaultdict

from writeback.errors import MappingError, UnknownAttributeError
from writeback.model.forms import InsightForm
from writeback.model.plays import Play
from writeback.model.segments import named_in
from writeback.runtime.segmenting import Segmenting
from writeback.runtime.views import AttributeUses
from writeback.store import forms, plays, segments
from writeback.store.workspace import Workspace

_Named = set[tuple[str, str]]
"""Entities with an attribute of theirs."""


UNUSED = AttributeUses()


def attribute_uses(workspace: Workspace, entity: str) -> dict[str, AttributeUses]:
    """Give what names each attribute of an entity; one that nothing names is left out.

    A text that cannot be read names none.
    """
    with workspace.reading() as db:
        every = segments.every(db), forms.every(db), plays.every(db)
    reading = Segmenting(workspace)
    saved, asked, playing = (defaultdict[str, list[str]](list) for _ in every)
    for segment in every[0]:
        _note(saved, segment.name, _in_text(reading, segment.name, segment.entity), entity)
    for form in every[1]:
        _note(asked, form.title, _in_form(form), entity)
    for play in every[2]:
        _note(playing, play.name, _in_play(reading, play), entity)
    return {
        name: AttributeUses(tuple(saved[name]), tuple(asked[name]), tuple(playing[name]))
        for name in {*saved, *asked, *playing}
    }


def _note(found: abc.Mapping[str, list[str]], user: str, named: _Named, entity: str) -> None:
    for name in sorted(name for one, name in named if one == entity):
        found[name].append(user)


def _in_text(reading: Segmenting, text: str, entity: str) -> _Named:
    if not text.strip():
        return set()
    with contextlib.suppress(MappingError, UnknownAttributeError):
        meant = reading.read(text, entity=entity)
        return set(named_in(meant.expression, meant.entity))
    return set()


def _in_form(form: InsightForm) -> _Named:
    asked = {field.attribute for field in form.fields()}
    asked |= {field.when[0] for field in form.fields() if field.when is not None}
    return {(form.entity, name) for name in asked}


def _in_play(reading: Segmenting, play: Play) -> _Named:
    steps = {name for step in play.steps for name in (step.attribute, step.source) if name}
    texts = (play.trigger.segment, play.conditions)
    read = (_in_text(reading, text, play.entity) for text in texts)
    return {(play.entity, name) for name in steps}.union(*read)
