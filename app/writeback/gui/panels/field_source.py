"""Bring what is known of an integration's fields: from the workspace at once, else from the CRM.

The objects that references lead to are looked at once for each integration, so that their fields can be
mapped by name; one that cannot be read keeps nothing else back.
"""

from collections import abc
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from writeback.errors import WritebackError
from writeback.gui.models.fields import Related, describe_each, targets_of, wanted_targets
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.model.attributes import Attribute
from writeback.model.integrations import Integration
from writeback.model.types import IntegrationId
from writeback.runtime.reading import Reading
from writeback.runtime.sentences import sentence_of
from writeback.sdk.values import ObjectDescription


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an integration's fields."""

    integration: IntegrationId
    attributes: tuple[Attribute, ...]
    description: ObjectDescription
    related: abc.Mapping[str, ObjectDescription]
    """By name: the objects that references lead to, as far as they were described."""


@dataclass(frozen=True, slots=True)
class _Kept:
    attributes: tuple[Attribute, ...]
    description: ObjectDescription | None
    related: abc.Mapping[str, ObjectDescription]


class FieldSource:
    """Reads for one panel, which ignores what comes late and is about another integration."""

    def __init__(
        self,
        desk: Desk,
        owner: QObject,
        *,
        show: abc.Callable[[Known], None],
        failed: abc.Callable[[WritebackError], None],
        partly: abc.Callable[[str], None],
    ) -> None:
        """Fix who is told.

        Args:
            desk: Runs the reads.
            owner: Lives as long as anything is told.
            show: Takes what is known; called again when more is.
            failed: Takes why nothing is known.
            partly: Takes a sentence about what is missing.
        """
        self._desk = desk
        self._owner = owner
        self._show = show
        self._failed = failed
        self._partly = partly
        self._looked_at: IntegrationId | None = None

    def read(self, one: Integration) -> None:
        """Read what the workspace knows; ask the CRM for what it does not."""

        def read(reads: Reading) -> _Kept:
            description = reads.description(str(one.connection_id), one.object)
            wanted = wanted_targets(targets_of(description)) if description is not None else ()
            found = ((name, reads.description(str(one.connection_id), name)) for name in wanted)
            related = {name: told for name, told in found if told is not None}
            return _Kept(reads.attributes(one.entity), description, related)

        self._desk.read(self._owner, read, done=lambda kept: self._take(one, kept), failed=self._failed)

    def _take(self, one: Integration, kept: _Kept) -> None:
        if kept.description is None:
            self._describe(one, kept)
            return
        self._show(Known(one.id, kept.attributes, kept.description, kept.related))
        missing = [name for name in wanted_targets(targets_of(kept.description)) if name not in kept.related]
        if missing and self._looked_at != one.id:
            self._looked_at = one.id
            self._describe_related(one, missing)

    def _describe(self, one: Integration, kept: _Kept) -> None:
        self._desk.ask(
            self._owner,
            lambda facade, _act: facade.describe(str(one.connection_id), one.object),
            done=lambda description: self._take(one, replace(kept, description=description)),
            failed=self._failed,
        )

    def _describe_related(self, one: Integration, names: abc.Sequence[str]) -> None:
        self._desk.ask(
            self._owner,
            lambda facade, _act: describe_each(facade, str(one.connection_id), names),
            done=lambda related: self._take_related(one, related),
            failed=self._say,
        )

    def _take_related(self, one: Integration, related: Related) -> None:
        if related.problem is not None:
            self._say(related.problem)
        if related.found:
            self.read(one)

    def _say(self, error: WritebackError) -> None:
        told = sentence_of(error.code, error.facts)
        self._partly(tr("Some fields of referenced objects are missing: {happened}", happened=told.happened))
