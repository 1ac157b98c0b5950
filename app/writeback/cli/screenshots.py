"""`writeback screenshots`: pictures of every screen in every state, from a demo workspace."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from writeback.cli.opening import load_settings
from writeback.cli.options import run_of
from writeback.cli.output import put_line, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("screenshots")(screenshots)


def screenshots(
    context: typer.Context,
    out_dir: Annotated[Path, typer.Argument(help="Where the PNG files are written; made when missing.")],
    wanted: Annotated[
        str, typer.Option("--filter", help="Only scenes whose name holds this, such as jobs or -error.")
    ] = "",
    theme: Annotated[
        list[str] | None, typer.Option("--theme", help="light, dark or contrast; again for more. All.")
    ] = None,
    language: Annotated[
        str, typer.Option("--language", help="en, de, or made by machine: pseudo-long, ar-XB.")
    ] = "en",
    size: Annotated[
        list[str] | None, typer.Option("--size", help="1280x800 or 900x600; again for more. Both.")
    ] = None,
    text: Annotated[
        int, typer.Option("--text", min=80, max=200, help="The size of text in percent, as in the settings.")
    ] = 100,
) -> int:
    """Take pictures of every screen in its states, themes and sizes.

    A demo workspace is built over simulated CRMs, and the real window is driven over it; no display is
    needed. A picture is called SCREEN-STATE-THEME-SIZE.png.
    """
    from writeback.runtime.posing import posed, run_studio

    run = run_of(context)
    options = [f"--filter={wanted}", f"--language={language}", f"--text={text}"]
    options += [f"--theme={one}" for one in theme or ()]
    options += [f"--size={one}" for one in size or ()]
    with (
        tempfile.TemporaryDirectory(prefix="writeback-studio-", ignore_cleanup_errors=True) as folder,
        posed(Path(folder), settings=load_settings(), tell=lambda text: say(text, quiet=run.quiet)) as made,
    ):
        code = run_studio(made, ("pictures", str(out_dir.absolute()), *options))
    if code == 0:
        put_line(str(out_dir))
    return code
