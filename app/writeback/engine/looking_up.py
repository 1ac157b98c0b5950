"""Look up the records that references point at: new values to ids, and ids to what people read.

Asks for each value once a plan, many values a call. Which of several candidates is meant is decided by
`planning.resolving`, never here.

Must not: write, remember anything beyond one plan.
"""

from collections import abc
from dataclasses import replace
from typing import Final

from writeback.engine.reaching import Reach
from writeback.engine.recognising import Staff
from writeback.errors import MappingError
from writeback.model.canonical import UNSET, to_plain
from writeback.model.changes import Reason
from writeback.planning.coercing import refusal
from writeback.planning.inputs import PlanInput
from writeback.planning.resolving import NOT_FOUND, Aim, Chosen, Lookup, choose
from writeback.sdk.values import Candidate, FieldInfo
from writeback.store.people import KnownUser

LEFT: Final = "reference.left"
"""A reference whose text names no record stays as it is, as its column says."""
VALUES_A_CALL: Final = 2_000
MOST_KEPT: Final = 100_000
"""A plan that points at more different records than this asks for some of them again."""
MOST_TARGETS: Final = 5
"""An id that may belong to one of more objects is not looked up: the CRM will say."""


_Place = tuple[str, str]
"""The object whose reference it is, and the path."""
_Asked = tuple[str, str, str]
"""A place, and a text or an id."""


class References:
    """What one plan has found out about the records its references point at."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._found: dict[_Asked, Chosen | Reason] = {}
        self._shown: dict[_Asked, str] = {}
        self._targets: dict[Lookup, tuple[tuple[str, FieldInfo], ...]] = {}
        self._by_choice: set[_Asked] = set()
        """Texts that a person said the meaning of: they are not what the record is called."""
        self._staff = reach.staff() if reach.staff is not None else None

    def recognise(self, aim: Aim, integration_id: str | None) -> Aim:
        """Mark an aim as one whose values are team members, if they are."""
        return aim if self._staff is None else self._staff.recognise(aim, integration_id)

    def holds_people(self, attribute: str, integration_id: str) -> bool:
        """Say whether an attribute's values are team members."""
        return self._staff is not None and (integration_id, attribute) in self._staff.columns

    def check(self, aim: Aim) -> None:
        """Hold that the field a reference is looked up by exists.

        Raises:
            MappingError: None of the objects it may point at has it.
        """
        if aim.lookup is not None and self._is_looked_up(aim.lookup) and not self._fields(aim.lookup):
            path = str(aim.column.path)
            targets = ", ".join(aim.lookup.targets)[:200]
            raise MappingError("mapping.unknown_field", path=path, field=path, object=targets)

    def is_looked_up(self, aim: Aim) -> bool:
        """Say whether the values of a column become ids here."""
        return aim.lookup is not None and self._is_looked_up(aim.lookup)

    def resolve(self, aim: Aim, texts: abc.Iterable[str]) -> dict[str, Chosen | Reason]:
        """Give for each text the one record it means, or why that cannot be said."""
        place = _place(aim)
        wanted = dict.fromkeys(texts)
        if aim.lookup is None:
            return {}
        unknown = [text for text in wanted if (*place, text) not in self._found]
        if len(self._found) + len(unknown) > MOST_KEPT:
            self._found.clear()
            unknown = list(wanted)
        for start in range(0, len(unknown), VALUES_A_CALL):
            some = unknown[start : start + VALUES_A_CALL]
            for text, chosen in self._choose(aim, aim.lookup, some):
                self._found[*place, text] = chosen
                is_named = bool(aim.lookup.shows) and (*place, text) not in self._by_choice
                if isinstance(chosen, Chosen) and is_named:
                    self._shown[*place, chosen.id] = text.strip()
        return {text: self._found[*place, text] for text in wanted}

    def show(self, aim: Aim, ids: abc.Iterable[str]) -> abc.Callable[[str], str]:
        """Make sure that what people read of these records is known; gives the way to ask for it."""
        place, lookup = _place(aim), aim.lookup
        if lookup is None or not lookup.shows:
            return str
        if lookup.is_people and self._staff is not None:
            return self._show_people(aim, self._staff, ids)
        unknown = [key for key in dict.fromkeys(ids) if (*place, key) not in self._shown]
        for target, field in self._fields(lookup):
            for start in range(0, len(unknown), VALUES_A_CALL):
                self._fetch(place, target, field, unknown[start : start + VALUES_A_CALL])
            unknown = [key for key in unknown if (*place, key) not in self._shown]
        return lambda key: self._shown.get((*place, key), key)

    def _show_people(self, aim: Aim, staff: Staff, ids: abc.Iterable[str]) -> abc.Callable[[str], str]:
        """Show team members; of a user that is newer than the directory, what the CRM says."""
        known = {key: staff.shown(key, aim) for key in dict.fromkeys(ids)}
        path = aim.column.path
        by = path.field if path.hops else ""
        targets = aim.lookup.targets if aim.lookup is not None else ()
        plain = replace(aim, lookup=Lookup(targets, by, str(path) if by else ""))
        ask = self.show(plain, [key for key, word in known.items() if word is None])
        return lambda key: known.get(key) or staff.said(ask(key), aim)

    def _choose(
        self, aim: Aim, lookup: Lookup, texts: abc.Sequence[str]
    ) -> abc.Iterator[tuple[str, Chosen | Reason]]:
        """Say which record each text means."""
        path = str(aim.column.path)
        if lookup.is_people and self._staff is not None:
            users = {text: self._staff.user_of(text, aim) for text in texts}
            yield from self._still_there(path, users)
            return
        found = self._find(lookup, texts)
        before = self._chosen_before(aim, lookup, found)
        for text, candidates in found.items():
            chosen = before.get(text) or choose(candidates, field=path, value=text)
            yield text, self._with_place(chosen, lookup) if isinstance(chosen, Reason) else chosen

    def _chosen_before(
        self, aim: Aim, lookup: Lookup, found: abc.Mapping[str, abc.Sequence[Candidate]]
    ) -> dict[str, Chosen | Reason]:
        """Give what people chose for some texts earlier, as far as it may still be pointed at."""
        path = str(aim.column.path)
        if self._staff is None or not self._staff.choices:
            return {}
        told = ((text, self._staff.choice_of(lookup.targets, text)) for text in found)
        choices = {text: choice for text, choice in told if choice is not None}
        by_object: dict[str, list[str]] = {}
        for choice in choices.values():
            by_object.setdefault(choice.object, []).append(choice.target_id)
        held = {name: self._find(Lookup((name,), ""), ids) for name, ids in by_object.items()}
        chosen: dict[str, Chosen | Reason] = {}
        for text, choice in choices.items():
            meant = choose(held[choice.object][choice.target_id], field=path, value=choice.title)
            if isinstance(meant, Reason):
                meant = refusal("reference.choice_gone", text, field=path, title=choice.title)
            chosen[text] = meant
        self._by_choice.update((*_place(aim), text) for text in chosen)
        return chosen

    def _with_place(self, reason: Reason, lookup: Lookup) -> Reason:
        """Say where a person may choose what is meant."""
        where = (("connection", self._reach.connection.name), ("object", ",".join(lookup.targets)))
        return Reason(reason.code, (*reason.facts, *where))

    def _still_there(
        self, path: str, users: abc.Mapping[str, KnownUser | Reason]
    ) -> abc.Iterator[tuple[str, Chosen | Reason]]:
        """Ask whether the users of team members are there and active now."""
        by_object: dict[str, list[str]] = {}
        for user in users.values():
            if not isinstance(user, Reason):
                by_object.setdefault(user.object, []).append(user.id)
        found = {name: self._find(Lookup((name,), ""), ids) for name, ids in by_object.items()}
        for text, user in users.items():
            if isinstance(user, Reason):
                yield text, user
            else:
                yield text, choose(found[user.object][user.id], field=path, value=user.title)

    def _fetch(self, place: _Place, target: str, field: FieldInfo, keys: abc.Sequence[str]) -> None:
        by = self._reach.describe(target).key_field
        self._reach.spent.reads += 1
        page = self._reach.session.fetch(target, by=by, keys=keys, paths=(field.name,))
        for key, _, values in page.rows:
            self._shown[*place, key] = str(to_plain(values[0])) if values[0] is not None else ""

    def _find(self, lookup: Lookup, texts: abc.Sequence[str]) -> dict[str, list[Candidate]]:
        found: dict[str, list[Candidate]] = {text: [] for text in texts}
        asked = list(dict.fromkeys(text.strip() for text in texts))
        for target, field in self._fields(lookup):
            self._reach.spent.reads += 1
            answer = self._reach.session.find(target, by=field.name, values=asked)
            for text, candidates in found.items():
                candidates.extend(answer.get(text.strip(), ()))
        return found

    def _is_looked_up(self, lookup: Lookup) -> bool:
        return bool(lookup.by) or lookup.is_people or 0 < len(lookup.targets) <= MOST_TARGETS

    def _fields(self, lookup: Lookup) -> tuple[tuple[str, FieldInfo], ...]:
        """Give the objects that have the field, with it."""
        if lookup not in self._targets:
            described = [self._reach.describe(target) for target in lookup.targets]
            fields = [(one.name, one.field(lookup.by or one.key_field)) for one in described]
            self._targets[lookup] = tuple((name, field) for name, field in fields if field is not None)
        return self._targets[lookup]


def _place(aim: Aim) -> _Place:
    return aim.object, str(aim.column.path)


def point(
    inputs: abc.Sequence[PlanInput],
    place: int,
    aim: Aim,
    *,
    references: References,
    leaves: bool = False,
) -> list[PlanInput]:
    """Turn the text at one place of all rows into ids; a row whose text means no one record is blocked.

    `leaves`: where it means none at all, the reference is left as it is, and the row says so.
    """
    texts = [
        row.wishes[place] if row.blocked is None and isinstance(row.wishes[place], str) else None
        for row in inputs
    ]
    found = references.resolve(aim, (text for text in texts if isinstance(text, str)))
    pointed = []
    for row, text in zip(inputs, texts, strict=True):
        if not isinstance(text, str):
            pointed.append(row)
            continue
        meant = found[text]
        wishes = list(row.wishes)
        if isinstance(meant, Reason) and leaves and meant.code == NOT_FOUND:
            wishes[place] = UNSET
            pointed.append(row._replace(wishes=wishes, left={**row.left, place: text}))
            continue
        if isinstance(meant, Reason):
            pointed.append(row._replace(blocked=meant, field=str(aim.column.path)))
            continue
        wishes[place] = meant.id
        pointed.append(row._replace(wishes=wishes))
    return pointed
