"""The rows of account assignment: roles, team members with their users, remembered choices, candidates."""

from collections import abc
from dataclasses import dataclass

from writeback.gui.i18n import NOT_SET, number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import Words, mark, tr
from writeback.model.integrations import ReferenceMode
from writeback.model.people import MatchedBy, PersonKind
from writeback.runtime.facade.people import (
    CandidateView,
    ChoiceView,
    DirectoryView,
    PeopleSource,
    PersonMatch,
    PersonView,
    RoleMapping,
    RoleView,
    UserView,
)

REFERENCE_WORDS = Words(
    {
        ReferenceMode.REPOINT: mark("Update the reference object"),
        ReferenceMode.EDIT_TARGET: mark("Edit the value of the referenced object"),
    }
)
KIND_WORDS = Words(
    {PersonKind.PERSON: mark("Person"), PersonKind.TEAM: mark("Team"), PersonKind.QUEUE: mark("Queue")}
)
MATCH_WORDS = Words(
    {
        MatchedBy.ID: mark("same id"),
        MatchedBy.EMAIL: mark("e-mail"),
        MatchedBy.NAME: mark("name"),
        MatchedBy.HAND: mark("chosen by hand"),
        MatchedBy.OWN: mark("known from here"),
    }
)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role in one CRM; a role that stands nowhere yet has one line of its own."""

    role: RoleView
    mapping: RoleMapping | None


@dataclass(frozen=True, slots=True)
class Whom:
    """A candidate, and whose user it is already."""

    candidate: CandidateView
    is_now: str = ""


def roles_model() -> ListModel[RoleLine]:
    """Make the table of roles."""
    return ListModel(
        (
            Spec(tr("Role"), lambda one: one.role.title, width=170),
            Spec(
                tr("CRM"), lambda one: one.mapping.connection if one.mapping else tr("not mapped"), width=150
            ),
            Spec(tr("Field"), _field, width=150),
            Spec(tr("Write-back"), _switch, chip=lambda one: "ok" if _is_on(one) else "muted", width=94),
            Spec(
                tr("Reference type"),
                lambda one: REFERENCE_WORDS[one.mapping.reference_mode] if one.mapping else "",
                width=240,
            ),
            Spec(tr("Members"), lambda one: number(one.role.members), is_number=True, width=84),
            Spec(
                tr("Unmatched"),
                lambda one: number(len(one.role.unmatched)),
                is_number=True,
                tone=lambda one: "draft" if one.role.unmatched else "",
                tip=lambda one: ", ".join(one.role.unmatched),
                width=92,
            ),
            Spec(tr("Clear"), _clear, width=150),
        )
    )


def people_model(view: DirectoryView | None) -> ListModel[PersonView]:
    """Make the table of team members: one column for each CRM whose users were read."""
    sources = [one for one in view.sources if one.pulled_at is not None] if view is not None else []
    return ListModel(
        (
            Spec(
                tr("Team member"),
                lambda one: one.name if one.active else tr("{name} (inactive)", name=one.name),
                tone=lambda one: "" if one.active else "muted",
                width=180,
            ),
            Spec(tr("Kind"), lambda one: KIND_WORDS[one.kind], tone=lambda _one: "muted", width=76),
            Spec(tr("Value in a role"), lambda one: one.id, width=200),
            *(_source(one) for one in sources),
        )
    )


def choices_model() -> ListModel[ChoiceView]:
    """Make the table of remembered choices."""
    return ListModel(
        (
            Spec(tr("Value"), lambda one: one.value, width=200),
            Spec(tr("Means"), lambda one: one.title, width=170),
            Spec(tr("CRM"), lambda one: one.connection, width=120),
            Spec(tr("Object"), lambda one: one.object, width=110),
            Spec(tr("Id"), lambda one: one.id, tone=lambda _one: "muted", width=170),
            Spec(tr("Chosen by"), lambda one: one.decided_by, width=120),
        )
    )


def candidates_model() -> ListModel[Whom]:
    """Make the table of candidates."""
    return ListModel(
        (
            Spec(tr("Name"), lambda one: one.candidate.title, width=170),
            Spec(tr("E-mail"), lambda one: one.candidate.email, width=360),
            Spec(
                tr("Active"),
                lambda one: "active" if one.candidate.active else "inactive",
                chip=lambda one: "ok" if one.candidate.active else "muted",
                width=86,
            ),
            Spec(tr("Object"), lambda one: one.candidate.object, tone=lambda _one: "muted", width=96),
            Spec(tr("Id"), lambda one: one.candidate.id, tone=lambda _one: "muted", width=170),
            Spec(tr("Is now"), lambda one: one.is_now, width=140),
        )
    )


def role_lines(roles: abc.Iterable[RoleView]) -> tuple[RoleLine, ...]:
    """Give a line for each role and CRM."""
    return tuple(RoleLine(role, mapping) for role in roles for mapping in (role.mappings or (None,)))


def match_of(person: PersonView, connection_id: str) -> PersonMatch | None:
    """Give who somebody is in one CRM."""
    return next((one for one in person.matches if one.connection_id == connection_id), None)


def match_words(match: PersonMatch | None) -> str:
    """Say who somebody is in one CRM, and how sure that is."""
    if match is None:
        return ""
    if match.user is not None:
        how = MATCH_WORDS[match.matched_by] if match.matched_by else ""
        sure = "" if match.confidence >= 1 else f", {round(match.confidence * 100)} %"
        off = tr(", inactive") if match.state == "inactive" else ""
        return f"{match.user.title} · {how}{sure}{off}"
    if len(match.candidates) == 1:
        return tr("not decided: {candidates}", candidates=match.candidates[0].title)
    if match.candidates:
        return tr("ambiguous: %n users", len(match.candidates))
    return tr("unmatched")


def candidate_of(user: UserView) -> CandidateView:
    """Give a CRM's user as a candidate."""
    return CandidateView(user.object, user.id, user.title, user.active, user.email)


def fitting(found: abc.Sequence[Whom], text: str) -> list[Whom]:
    """Give the candidates whose name, e-mail or id holds every word."""
    words = text.casefold().split()
    return [one for one in found if all(word in _words_of(one.candidate) for word in words)]


def _words_of(one: CandidateView) -> str:
    return f"{one.title} {one.email} {one.id}".casefold()


def _source(source: PeopleSource) -> Spec[PersonView]:
    key = str(source.connection_id)
    return Spec(
        source.connection,
        lambda one: match_words(match_of(one, key)),
        tone=lambda one: _tone(match_of(one, key)),
        picture=lambda one: _picture(match_of(one, key)),
        tip=lambda one: _tip(match_of(one, key)),
        width=210,
    )


def _tone(match: PersonMatch | None) -> str:
    state = match.state if match is not None else ""
    return {"ambiguous": "draft", "unmatched": "muted", "inactive": "muted"}.get(state, "")


def _picture(match: PersonMatch | None) -> str:
    state = match.state if match is not None else ""
    pictures = {"ambiguous": "question", "unmatched": "dash", "inactive": "pause", "matched": "check"}
    return pictures.get(state, "")


def _tip(match: PersonMatch | None) -> str:
    if match is None:
        return ""
    if match.user is not None:
        by = tr(" · decided by {decided_by}", decided_by=match.decided_by) if match.decided_by else ""
        return f"{match.user.title} · {match.user.email or tr(NOT_SET)} · {match.user.id}{by}"
    return " · ".join(f"{one.title} ({one.id})" for one in match.candidates)


def _field(line: RoleLine) -> str:
    return f"{line.mapping.object}.{line.mapping.path}" if line.mapping else ""


def _is_on(line: RoleLine) -> bool:
    return line.mapping is not None and line.mapping.write_back


def _switch(line: RoleLine) -> str:
    return (tr("on") if _is_on(line) else tr("off")) if line.mapping else ""


def _clear(line: RoleLine) -> str:
    if line.mapping is None or line.mapping.clearable is None:
        return ""
    return tr("may be emptied") if line.mapping.clearable else tr("needs somebody")
