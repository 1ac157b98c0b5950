"""`writeback connect`: make a connection, by a file, by the browser or by a code on another device."""

import webbrowser
from collections import abc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.connections import plain_connection
from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import AsJson, NoInput, Run, run_of
from writeback.cli.output import put_json, put_line, say
from writeback.errors import ConfigurationError
from writeback.model.connections import Connection

if TYPE_CHECKING:
    from writeback.runtime.facade import ConnectionWish
    from writeback.runtime.runtime import Runtime
    from writeback.sdk.manifest import Manifest


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("connect")(connect)


def connect(
    context: typer.Context,
    connector: Annotated[str, typer.Argument(help="Which CRM: a connector's id, e.g. salesforce.")],
    name: Annotated[str, typer.Option("--name", help="What you call this connection.")],
    endpoint: Annotated[
        str, typer.Option("--endpoint", help="The org's address; on loopback: a simulator.")
    ] = "",
    token_file: Annotated[
        Path | None, typer.Option("--token-file", help="A file with the access token; only its path is kept.")
    ] = None,
    credentials_file: Annotated[
        Path | None,
        typer.Option("--credentials-file", help="A JSON file of credentials by name; only its path is kept."),
    ] = None,
    ca_file: Annotated[
        Path | None, typer.Option("--ca-file", help="Certificates to trust for this connection.")
    ] = None,
    vault: Annotated[
        Path | None,
        typer.Option("--vault", help="Keep secrets in this file under a passphrase, without a keyring."),
    ] = None,
    device_code: Annotated[
        bool, typer.Option("--device-code", help="Sign in by a code that you type on another device.")
    ] = False,
    typed: Annotated[
        bool,
        typer.Option("--typed", help="Type or paste a key, a client secret or a grant code, unseen."),
    ] = False,
    answers: Annotated[
        list[str] | None, typer.Option("--set", help="An answer to the sign-in form: client_id=…")
    ] = None,
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> None:
    """Make a connection and pin the org that answers."""
    from writeback.runtime.facade import ConnectionWish

    run = run_of(context, as_json=as_json, no_input=no_input)
    wish = ConnectionWish(
        name=name,
        connector=connector,
        endpoint=endpoint,
        token_file=str(token_file.absolute()) if token_file else None,
        credentials_file=str(credentials_file.absolute()) if credentials_file else None,
        form=tuple(pairs(answers or [])),
        options=(("ca_file", str(ca_file.absolute())),) if ca_file else (),
        method="typed" if typed else "device_code" if device_code else "oauth",
    )
    if typed and (device_code or token_file is not None or credentials_file is not None):
        raise typer.BadParameter("--typed stands alone: no file and no device code with it")
    with open_runtime(run, create=True, vault_file=vault) as runtime:
        if token_file is not None or credentials_file is not None:
            made = runtime.connect(wish, act=new_act())
        elif run.no_input:
            raise ConfigurationError("connect.needs_token_file")
        else:
            asked = replace(wish, secrets=tuple(_secrets(runtime.manifest(connector), wish.method)))
            made = runtime.connect(asked, act=new_act()) if typed else _sign_in(runtime, asked)
    _show(made, run)


def _secrets(manifest: "Manifest", method: str) -> abc.Iterator[tuple[str, str]]:
    """Ask for the secrets that a way of signing in wants; what is typed is not shown."""
    auth = manifest.auth_of(method)
    for name, field in (auth.secrets if auth is not None else {}).items():
        yield name, typer.prompt(field.title, hide_input=True, err=True)


def _sign_in(runtime: "Runtime", wish: "ConnectionWish") -> Connection:
    started = runtime.begin_sign_in(wish, act=new_act())
    if started.code:
        say("Open this address on any device, check that it is the one you expect, and type the code:")
        say(started.url)
        say(started.code)
        say("Nobody else should be asking you for this code.")
    else:
        say("Open this address in your browser and sign in:")
        say(started.url)
        webbrowser.open(started.url)
    return runtime.finish_sign_in(started.attempt, act=new_act())


def pairs(texts: abc.Iterable[str]) -> abc.Iterator[tuple[str, str]]:
    """Read `name=value` arguments.

    Raises:
        ConfigurationError: One has no `=`.
    """
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise ConfigurationError("cli.not_a_pair", given=text[:100])
        yield name, value


def _show(made: Connection, run: Run) -> None:
    if run.as_json:
        put_json(plain_connection(made))
    elif (org := made.org) is not None:
        who = f", signed in as {org.user}" if org.user else ""
        put_line(f"{made.name}: {org.name} ({org.environment.value}, org {org.id}){who}")
