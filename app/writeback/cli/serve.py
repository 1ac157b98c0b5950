"""`writeback serve --stdio`: answer a window's calls. For the window, not for people."""

from typing import Annotated

import typer

from writeback.cli.opening import load_settings, workspace_path
from writeback.cli.options import run_of
from writeback.errors import ConfigurationError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", hidden=True)(serve)


def serve(
    context: typer.Context,
    stdio: Annotated[bool, typer.Option("--stdio", help="Speak over standard input and output.")] = False,
    language: Annotated[str, typer.Option("--language", help="The language of the window's person.")] = "en",
) -> int:
    """Answer a window's calls over standard input and output."""
    if not stdio:
        raise ConfigurationError("serve.needs_stdio")
    from writeback.runtime.serving import private_channel
    from writeback.runtime.wording import speak_language

    speak_language(language)

    reader, writer = private_channel()
    from writeback.runtime.runtime import serve_workspace

    return serve_workspace(
        workspace_path(run_of(context)), settings=load_settings(), reader=reader, writer=writer
    )
