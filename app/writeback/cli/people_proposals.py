"""`writeback people propose`: users that unmatched team members could be, and accepting them together."""

from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import author, new_act, open_runtime, open_told
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table

if TYPE_CHECKING:
    from writeback.runtime.proposing_people import PersonProposal


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("propose")(propose)


def propose(
    context: typer.Context,
    accept: Annotated[
        int | None,
        typer.Option("--accept", min=1, max=100, help="Accept all that are at least so sure, in percent."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List users that unmatched team members could be, with reason and confidence; --accept keeps them.

    What is accepted counts as your choice, for every record and every later reading of users.
    """
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = told.match_proposals()
    kept = [one for one in found if accept is not None and round(one.confidence * 100) >= accept]
    if kept:
        with open_runtime(run) as runtime:
            for one in kept:
                runtime.match_person(
                    one.person, str(one.connection_id), user=one.user.id, author=author(), act=new_act()
                )
    if run.as_json:
        put_json([_plain(one, is_accepted=one in kept) for one in found])
        return
    put_table(
        ("team member", "connection", "user", "e-mail", "id", "because", "sure", "accepted"),
        (
            (
                one.name,
                one.connection,
                one.user.title,
                one.user.email,
                one.user.id,
                one.reason,
                f"{round(one.confidence * 100)} %",
                "yes" if one in kept else "",
            )
            for one in found
        ),
    )
    if kept:
        put_line(f"{len(kept)} accepted")


def _plain(one: "PersonProposal", *, is_accepted: bool) -> dict[str, JsonValue]:
    return {
        "person": one.person,
        "name": one.name,
        "connection": one.connection,
        "user": one.user.id,
        "title": one.user.title,
        "email": one.user.email,
        "reason": one.reason,
        "confidence": one.confidence,
        "joins": one.joined,
        "accepted": is_accepted,
    }
