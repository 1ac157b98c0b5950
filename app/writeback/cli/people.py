"""`writeback people`: team members and the user that each CRM knows them by.

JSON of `people list` and of `people match` without a person:
`{"sources": [{connection, connector, pulled_at, users}], "people": [PERSON], "unclaimed": [USER]}`, where
PERSON is `{id, name, email, kind, active, matches: [{connection, state, user, user_title, user_email, object,
matched_by, confidence, decided_by, decided_at, candidates: [USER]}]}`, USER is
`{connection, object, id, title, email, kind, active}` and `state` is one of `matched`, `inactive`,
`ambiguous`, `unmatched`. `people match PERSON CONNECTION --user ID` prints that PERSON.

JSON of `people choose` without --id is a list of `{object, id, title, email, active}`; with --id, and of
`people choices` in a list, it is `{connection, object, value, id, title, decided_by, decided_at}`.
"""

from collections import abc
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli import people_proposals
from writeback.cli.opening import author, new_act, open_runtime, open_told
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, counted, put_json, put_line, put_table, say
from writeback.errors import ConfigurationError, WritebackError
from writeback.model.people import MatchedBy

if TYPE_CHECKING:
    from writeback.runtime.facade.people import (
        CandidateView,
        ChoiceView,
        DirectoryView,
        PersonMatch,
        PersonView,
        UserView,
    )
    from writeback.runtime.runtime import Runtime

people_app = typer.Typer(help="Team members, and the user that each CRM knows them by.", no_args_is_help=True)


PARTIAL = 4


def register(app: typer.Typer) -> None:
    """Add the commands."""
    people_proposals.register(people_app)
    app.add_typer(people_app, name="people")


@people_app.command("pull")
def pull(
    context: typer.Context,
    connection: Annotated[
        str, typer.Argument(help="The connection's name; left out: all that can tell.")
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Read the users, teams and queues of the CRMs, and match those that are no team member yet."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        reports, code = _pull_each(runtime, [connection] if connection else _names(runtime))
        view = runtime.people()
    if run.as_json:
        put_json({"pulled": reports, **_directory(view)})
        return code
    put_table(
        ("connection", "users", "matched", "new", "ambiguous", "gone"),
        (
            (one["connection"], one["read"], one["matched"], one["added"], one["ambiguous"], one["gone"])
            for one in reports
        ),
    )
    return code


@people_app.command("list")
def list_people(
    context: typer.Context,
    only_open: Annotated[
        bool, typer.Option("--open", help="Only those who are not matched in every CRM.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List team members with their user in every CRM."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        view = told.people()
    _put(view, as_json=run.as_json, only_open=only_open)


@people_app.command("match")
def match(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="Id, e-mail or name; left out: match everybody.")] = "",
    connection: Annotated[str, typer.Argument(help="The connection's name.")] = "",
    user: Annotated[
        str | None, typer.Option("--user", help="The CRM's id of the user they are; '' says: none of them.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Match team members with users by id, e-mail and name, or say for one of them who they are.

    Without a person the users of all CRMs are read afresh; what is unmatched or ambiguous is listed. What
    you decide with --user is remembered.
    """
    run = run_of(context, as_json=as_json)
    if not person:
        with open_runtime(run) as runtime:
            _, code = _pull_each(runtime, _names(runtime))
            view = runtime.people()
        _put(view, as_json=run.as_json, only_open=not run.as_json)
        return code
    if not connection:
        raise typer.BadParameter("give the connection as well")
    with open_runtime(run) as runtime:
        if user is None:
            found = _candidates(runtime, person, connection)
        else:
            found = runtime.match_person(person, connection, user=user, author=author(), act=new_act())
    if run.as_json:
        put_json(_person(found))
        return 0
    for one in found.matches:
        put_line(f"{found.name} in {one.connection}: {_told(one)}")
    return 0


@people_app.command("choose")
def choose(
    context: typer.Context,
    connection: Annotated[str, typer.Argument(help="The connection's name.")],
    objects: Annotated[str, typer.Argument(help="What the reference points at: User, or Group,User.")],
    value: Annotated[str, typer.Argument(help="As it stands in the file or the form.")],
    target: Annotated[
        str, typer.Option("--id", help="The CRM's id of the record it means; left out: list candidates.")
    ] = "",
    search: Annotated[
        str | None, typer.Option("--search", help="Words of the name; left out: those of the value.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say which record a reference's value means: for all rows alike, now and later."""
    run = run_of(context, as_json=as_json)
    names = tuple(part.strip() for part in objects.split(",") if part.strip())
    with open_runtime(run) as runtime:
        if target:
            made = runtime.choose_reference(
                connection, names, value, target=target, author=author(), act=new_act()
            )
            put_json(_choice(made)) if run.as_json else put_line(f"{made.value}: {made.title} ({made.id})")
            return
        asked = value if search is None else search
        found = runtime.reference_candidates(connection, names, value, search=asked)
    if run.as_json:
        put_json([_candidate(one) for one in found])
        return
    put_table(
        ("object", "id", "title", "email", "active"),
        ((one.object, one.id, one.title, one.email, "yes" if one.active else "no") for one in found),
    )


@people_app.command("choices")
def list_choices(context: typer.Context, as_json: AsJson = False) -> None:
    """List what was chosen for references and is remembered."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = told.reference_choices()
    if run.as_json:
        put_json([_choice(one) for one in found])
        return
    put_table(
        ("connection", "object", "value", "id", "title", "by"),
        ((one.connection, one.object, one.value, one.id, one.title, one.decided_by) for one in found),
    )


@people_app.command("forget")
def forget(
    context: typer.Context,
    connection: Annotated[str, typer.Argument(help="The connection's name.")],
    object_name: Annotated[str, typer.Argument(help="The object of the chosen record.", metavar="OBJECT")],
    value: Annotated[str, typer.Argument(help="The value it was chosen for.")],
    as_json: AsJson = False,
) -> None:
    """Forget what was chosen for a value."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        done = runtime.forget_choice(connection, object_name, value, act=new_act())
    if run.as_json:
        put_json({"forgotten": done})
    else:
        put_line("forgotten" if done else "nothing was chosen for it")


def _names(runtime: "Runtime") -> list[str]:
    """Give the connections whose connector can tell of people.

    Raises:
        ConfigurationError: None can.
    """
    names = [one.connection for one in runtime.people().sources if runtime.tells_people(one.connector)]
    if not names:
        raise ConfigurationError("people.nobody_tells")
    return names


def _pull_each(runtime: "Runtime", names: abc.Sequence[str]) -> tuple[list[dict[str, JsonValue]], int]:
    """Read one CRM after the other; gives what came, and the exit code: 4 where some did not answer.

    Raises:
        WritebackError: None did.
    """
    from writeback.runtime.sentences import sentence_of

    reports: list[dict[str, JsonValue]] = []
    errors: list[WritebackError] = []
    for name in names:
        try:
            reports.append(_pulled(runtime, name))
        except WritebackError as error:
            errors.append(error)
    if errors and not reports:
        raise errors[0]
    for one in errors:
        say(f"{sentence_of(one.code, one.facts)} ({one.code})")
    return reports, PARTIAL if errors else 0


def _pulled(runtime: "Runtime", connection: str) -> dict[str, JsonValue]:
    report = runtime.pull_people(connection, act=new_act())
    say(f"{connection}: {counted(report.read, 'user')} read")
    return {
        "connection": connection,
        "read": report.read,
        "matched": report.matched,
        "added": report.added,
        "ambiguous": report.ambiguous,
        "gone": report.gone,
    }


def _candidates(runtime: "Runtime", person: str, connection: str) -> "PersonView":
    """Give one team member as it stands, with the users it could be."""
    from writeback.runtime.directory import pick_person

    return pick_person(runtime.people(), person, connection)


def _put(view: "DirectoryView", *, as_json: bool, only_open: bool) -> None:
    if as_json:
        put_json(_directory(view))
        return
    shown = [
        one for one in view.people if not only_open or any(match.state != "matched" for match in one.matches)
    ]
    names = [one.connection for one in view.sources if one.pulled_at is not None]
    put_table(
        ("person", "name", "kind", *names),
        (
            (
                one.id,
                one.name if one.active else f"{one.name} (inactive)",
                one.kind.value,
                *(_told(match) for match in one.matches),
            )
            for one in shown
        ),
    )
    if not names:
        say("no users were read yet: writeback people pull")
    if view.unclaimed:
        say(f"{counted(len(view.unclaimed), 'user')} of the CRMs are no team member:")
        put_table(
            ("connection", "user", "title", "email", "active"),
            (
                (
                    _name_of(view, one.connection_id),
                    one.id,
                    one.title,
                    one.email,
                    "yes" if one.active else "no",
                )
                for one in view.unclaimed
            ),
        )


def _told(match: "PersonMatch") -> str:
    if match.user is not None:
        how = match.matched_by.value if match.matched_by not in (None, MatchedBy.OWN) else ""
        told = ", ".join(part for part in (how, "inactive" if match.state == "inactive" else "") if part)
        return f"{match.user.title} ({told})" if told else match.user.title
    if match.candidates:
        return f"ambiguous: {', '.join(f'{one.title} {one.id}' for one in match.candidates)}"
    return "unmatched"


def _name_of(view: "DirectoryView", connection_id: str) -> str:
    return next((one.connection for one in view.sources if one.connection_id == connection_id), connection_id)


def _directory(view: "DirectoryView") -> dict[str, JsonValue]:
    return {
        "sources": [
            {
                "connection": one.connection,
                "connector": one.connector,
                "pulled_at": one.pulled_at.isoformat() if one.pulled_at else None,
                "users": one.users,
            }
            for one in view.sources
        ],
        "people": [_person(one) for one in view.people],
        "unclaimed": [_user(one, _name_of(view, one.connection_id)) for one in view.unclaimed],
    }


def _person(one: "PersonView") -> abc.Mapping[str, JsonValue]:
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "kind": one.kind.value,
        "active": one.active,
        "matches": [_match(match) for match in one.matches],
    }


def _match(one: "PersonMatch") -> abc.Mapping[str, JsonValue]:
    user = one.user
    return {
        "connection": one.connection,
        "state": one.state,
        "user": user.id if user else None,
        "user_title": user.title if user else None,
        "user_email": user.email if user else None,
        "object": user.object if user else None,
        "matched_by": one.matched_by.value if one.matched_by else None,
        "confidence": one.confidence,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at.isoformat() if one.decided_at else None,
        "candidates": [_user(candidate, one.connection) for candidate in one.candidates],
    }


def _user(one: "UserView", connection: str) -> abc.Mapping[str, JsonValue]:
    return {
        "connection": connection,
        "object": one.object,
        "id": one.id,
        "title": one.title,
        "email": one.email,
        "kind": one.kind.value,
        "active": one.active,
    }


def _choice(one: "ChoiceView") -> abc.Mapping[str, JsonValue]:
    return {
        "connection": one.connection,
        "object": one.object,
        "value": one.value,
        "id": one.id,
        "title": one.title,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at.isoformat(),
    }


def _candidate(one: "CandidateView") -> abc.Mapping[str, JsonValue]:
    return {
        "object": one.object,
        "id": one.id,
        "title": one.title,
        "email": one.email,
        "active": one.active,
    }
