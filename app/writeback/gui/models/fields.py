"""The fields of a CRM object with what they are mapped to, and what a person wants them mapped to.

What was chosen but not saved lives here until it is saved; a refresh never drops it.
"""

from collections import abc
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from writeback.errors import UnknownAttributeError, WritebackError
from writeback.gui.i18n import TYPE_WORDS
from writeback.gui.models.tables import ListModel, Spec, said
from writeback.gui.translating import Words, mark, tr
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import AttributeType
from writeback.runtime.facade import Suggestion
from writeback.runtime.mapping_files import beside
from writeback.sdk.values import FieldInfo, ObjectDescription

if TYPE_CHECKING:  # every call of the façade at once: more than the screen costs
    from writeback.runtime.facade import Facade

REASON_WORDS = Words(
    {
        "same_name": mark("same API name"),
        "same_label": mark("same label"),
        "related_field": mark("related field"),
        "new_attribute": mark("new attribute"),
    }
)


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One field (or one path through a reference) with its mapping as saved and as wished."""

    path: str
    label: str
    info: FieldInfo | None
    saved: FieldMapping | None = None
    wished: FieldMapping | None = None
    suggestion: Suggestion | None = None

    @property
    def is_dirty(self) -> bool:
        """Say whether the wish differs from what is saved."""
        return self.saved != self.wished

    @property
    def is_writable(self) -> bool:
        """Say whether the signed-in user may write the field (through the reference, where there is one)."""
        return self.info is not None and self.info.is_updateable

    @property
    def hops(self) -> tuple[str, ...]:
        """The references that the path follows."""
        return FieldPath.parse(self.path).hops


REFERENCES_MOST = 6
"""So many referenced objects are described: each may cost a call."""


def targets_of(description: ObjectDescription) -> dict[str, str]:
    """Give the object that each reference leads to, by the first hop of its paths."""
    found: dict[str, str] = {}
    for info in description.fields:
        if info.reference is not None and info.reference.targets:
            found.setdefault(info.reference.relationship, info.reference.targets[0])
    return found


def wanted_targets(targets: abc.Mapping[str, str]) -> list[str]:
    """Give the referenced objects that are worth a call each."""
    return list(dict.fromkeys(targets.values()))[:REFERENCES_MOST]


@dataclass(frozen=True, slots=True)
class Related:
    """Objects that references lead to, by name; `problem` is why one is missing."""

    found: abc.Mapping[str, ObjectDescription]
    problem: WritebackError | None


def describe_each(facade: "Facade", connection: str, names: abc.Iterable[str]) -> Related:
    """Describe objects; one that cannot be read keeps none of the others back."""
    found: dict[str, ObjectDescription] = {}
    problem = None
    for name in names:
        try:
            found[name] = facade.describe(connection, name)
        except UnknownAttributeError:
            continue  # the signed-in user cannot see it: there is nothing to offer
        except WritebackError as error:
            problem = error
    return Related(found, problem)


def choices_of(
    description: ObjectDescription,
    integration: Integration,
    suggestions: abc.Iterable[Suggestion] = (),
    *,
    related: abc.Mapping[str, ObjectDescription],
) -> tuple[FieldChoice, ...]:
    """Give all fields that can be mapped, the mapped ones first.

    Args:
        description: The object.
        integration: What is mapped of it.
        suggestions: What auto-match proposes.
        related: By name: referenced objects, as far as they were described.
    """
    saved = {str(mapping.path): mapping for mapping in integration.mappings}
    offered = {suggestion.path: suggestion for suggestion in suggestions}
    targets = targets_of(description)
    found: dict[str, FieldChoice] = {}
    for info in description.fields:
        if info.kind is not None:
            found[info.name] = FieldChoice(info.name, info.label, info)
        if info.reference is not None:
            hop = info.reference.relationship
            for end in _naming_fields(related.get(targets.get(hop, ""))):
                label = f"{info.label.removesuffix(' ID')} › {end.label}"
                found[f"{hop}.{end.name}"] = FieldChoice(f"{hop}.{end.name}", label, info)
    for path in (*saved, *offered):
        if path not in found:
            hops = FieldPath.parse(path).hops
            info_of = description.reference(hops[0]) if hops else description.field(path)
            found[path] = FieldChoice(path, path.replace(".", " › "), info_of)
    made = [
        replace(choice, saved=saved.get(path), wished=saved.get(path), suggestion=offered.get(path))
        for path, choice in found.items()
    ]
    order = {path: place for place, path in enumerate(saved)}
    return tuple(
        sorted(made, key=lambda one: (one.saved is None, order.get(one.path, 0), one.label.casefold()))
    )


def _naming_fields(description: ObjectDescription | None) -> list[FieldInfo]:
    """Give the fields by which a person names a record: its name, an e-mail address, a key of one's own."""
    if description is None:
        return []
    return [
        info
        for info in description.fields
        if info.kind is not None
        and info.name != description.key_field
        and (info.name == description.name_field or info.is_lookup_key or info.kind is AttributeType.EMAIL)
    ]


Wishes = dict[str, FieldMapping | None]
"""By path: how a field is wanted mapped, or not at all."""


class FieldsModel(ListModel[FieldChoice]):
    """The mapping table.

    Signals:
        wished: What a person wants changed; carries how many rows differ from what is saved.
    """

    wished = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(said(SPECS), parent)
        self._all: tuple[FieldChoice, ...] = ()
        self._words = ""
        self._steps: list[Wishes] = []
        self._taken_back: list[Wishes] = []

    def show_choices(self, choices: abc.Sequence[FieldChoice], *, keeps: bool) -> None:
        """Show the fields; `keeps` carries wishes over from before (a refresh of the same integration)."""
        wishes = {one.path: one for one in self._all if one.is_dirty} if keeps else {}
        self._all = tuple(
            replace(one, wished=wishes[one.path].wished) if one.path in wishes else one for one in choices
        )
        known = {one.path for one in self._all}
        self._all += tuple(one for path, one in wishes.items() if path not in known)
        if not keeps:
            self._steps, self._taken_back = [], []
        self._refilter()

    def filter_words(self, words: str) -> None:
        """Show only fields whose label or API name holds these words."""
        self._words = words.casefold().strip()
        self._refilter()

    def wish(self, path: str, mapping: FieldMapping | None) -> None:
        """Want a field mapped like this, or not at all."""
        self._step({path: mapping})

    def take_mappings(self, mappings: abc.Iterable[FieldMapping], description: ObjectDescription) -> int:
        """Want these mappings, in one step; give how many say something new. Others that stand stay."""
        known = {one.path for one in self._all}
        standing = [one.wished for one in self._all if one.wished is not None]
        fresh: Wishes = {str(one.path): one for one in beside(mappings, standing)}
        for path in fresh.keys() - known:
            hops = FieldPath.parse(path).hops
            info = description.reference(hops[0]) if hops else description.field(path)
            self._all += (FieldChoice(path, path.replace(".", " › "), info),)
        self._step(fresh)
        return len(fresh)

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps can be taken back, and how many done again."""
        return len(self._steps), len(self._taken_back)

    def undo(self) -> bool:
        """Take the last step back; False: there is none."""
        return self._move(self._steps, self._taken_back)

    def redo(self) -> bool:
        """Do the step again that was taken back last; False: there is none."""
        return self._move(self._taken_back, self._steps)

    def _move(self, source: list[Wishes], target: list[Wishes]) -> bool:
        if not source:
            return False
        target.append(self._apply(source.pop()))
        self._refilter()
        return True

    def _step(self, wishes: Wishes) -> None:
        before = self._apply(wishes)
        if before:
            self._steps.append(before)
            self._taken_back.clear()
        self._refilter()

    def _apply(self, wishes: Wishes) -> Wishes:
        """Want these, and give what was wanted before."""
        before = {one.path: one.wished for one in self._all if one.path in wishes}
        if wishes:
            self._all = tuple(
                replace(one, wished=wishes[one.path]) if one.path in wishes else one for one in self._all
            )
        return before

    def take_suggestions(self, suggestions: abc.Sequence[Suggestion]) -> int:
        """Want every suggestion mapped, write-back off; give how many were new."""
        offered = {suggestion.path: suggestion for suggestion in suggestions}
        taken = {one.wished.attribute for one in self._all if one.wished is not None}
        fresh: Wishes = {}
        for one in self._all:
            offer = offered.get(one.path)
            if offer is not None and one.wished is None and offer.attribute not in taken:
                taken.add(offer.attribute)
                fresh[one.path] = FieldMapping(FieldPath.parse(one.path), offer.attribute)
        self._all = tuple(
            replace(one, suggestion=offered[one.path]) if one.path in fresh else one for one in self._all
        )
        self._step(fresh)
        return len(fresh)

    @property
    def changed(self) -> tuple[FieldChoice, ...]:
        """The rows that differ from what is saved."""
        return tuple(one for one in self._all if one.is_dirty)

    @property
    def has_notes(self) -> bool:
        """Say whether a row has anything to note."""
        return any(one.is_dirty or (one.suggestion is not None and one.saved is None) for one in self._all)

    def revert(self) -> None:
        """Want what is saved; this too is a step."""
        self._step({one.path: one.saved for one in self._all if one.is_dirty})

    def choice(self, path: str) -> FieldChoice | None:
        """Give the row of a path."""
        return next((one for one in self._all if one.path == path), None)

    def _refilter(self) -> None:
        words = self._words
        self.show_rows(
            one
            for one in self._all
            if not words or words in one.label.casefold() or words in one.path.casefold()
        )
        self.wished.emit(len(self.changed))


def _type_word(choice: FieldChoice) -> str:
    if choice.info is None:
        return tr("not described")
    if choice.hops:
        return tr("through {hops}", hops=choice.hops[0])
    return TYPE_WORDS[choice.info.kind] if choice.info.kind else choice.info.crm_type


def _access(choice: FieldChoice) -> str:
    if choice.info is None:
        return tr("gone from the CRM")
    if choice.info.is_calculated:
        return tr("calculated")
    return tr("writable") if choice.is_writable else tr("read-only for you")


def _back(choice: FieldChoice) -> str:
    if choice.wished is None:
        return ""
    return tr("on") if choice.wished.write_back else tr("off")


def _target(choice: FieldChoice) -> str:
    return choice.wished.attribute if choice.wished is not None else ""


def _how(choice: FieldChoice) -> str:
    if choice.is_dirty and choice.saved is not None and choice.wished is None:
        return tr("will be unmapped")
    if choice.suggestion is not None and choice.saved is None:
        reason = REASON_WORDS.get(choice.suggestion.reason, choice.suggestion.reason)
        return f"{reason}, {round(100 * choice.suggestion.confidence)} %"
    return tr("not saved") if choice.is_dirty else ""


SPECS: tuple[Spec[FieldChoice], ...] = (
    Spec(
        mark("CRM field"),
        lambda one: one.label,
        picture=lambda one: "mapping" if one.wished is not None else "",
        width=210,
    ),
    Spec(mark("API name"), lambda one: one.path, tone=lambda _one: "muted", width=140),
    Spec(mark("Type"), _type_word, tone=lambda _one: "muted", width=104),
    Spec(mark("For you"), _access, tone=lambda one: "" if one.is_writable else "muted", width=104),
    Spec(mark("Attribute"), _target, width=150),
    Spec(
        mark("Write-back"),
        _back,
        chip=lambda one: "" if one.wished is None else "ok" if one.wished.write_back else "muted",
        width=90,
    ),
    Spec(mark("Note"), _how, tone=lambda one: "draft" if one.is_dirty else "muted", width=140),
)
NOTE = len(SPECS) - 1
"""The column that is empty while nothing was changed."""
