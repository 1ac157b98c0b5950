"""Checks on what lies in the package: facts, source, form, icon. Nothing is called over a wire."""

import ast
import subprocess
import sys
import tomllib
from collections import abc
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import NotApplicableError, Tier, expect
from writeback.conformance.stages import Stage
from writeback.host.loading import abilities_of
from writeback.runtime.sentences import PLUGIN_FILE, catalogue
from writeback.sdk.connector import Connector, SignsInByBrowser
from writeback.sdk.manifest import API_NEWEST, API_OLDEST, Auth, Manifest, read_manifest

HEAVY: Final = (
    "requests", "urllib3", "pydantic", "sqlalchemy", "PySide6", "orjson", "cryptography", "http.client",
)  # fmt: skip
DOOR: Final = ("writeback.sdk", "writeback.model", "writeback.errors")
SOCKETS: Final = frozenset(
    {
        "socket",
        "ssl",
        "socketserver",
        "asyncio",
        "threading",
        "multiprocessing",
        "subprocess",
        "httpx",
        "aiohttp",
    }
)
SECRET_WORDS: Final = ("secret", "password", "passphrase", "private_key", "refresh_token", "access_token")
_LOOKS = """
import sys
told = []
def hear(event, args):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.system")):
        told.append(event)
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        told.append(f"open {args[0]}")
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import threading
import writeback.sdk.hookspecs
before = set(sys.modules), threading.active_count()
sys.addaudithook(hear)
"""


@check(Tier.BRONZE)
def manifest_is_sound(stage: Stage) -> None:
    """`connector.toml` states every fact, and no unknown one."""
    manifest = read_manifest(stage.subject.manifest_bytes)
    expect(API_OLDEST <= manifest.api <= API_NEWEST, f"api {manifest.api} is not spoken here")


@check(Tier.BRONZE)
def id_is_the_connectors(stage: Stage) -> None:
    """The connector object carries the manifest's id, and opens sessions."""
    connector = stage.subject.connector
    expect(isinstance(connector, Connector), f"{type(connector).__name__} has no id or no open()")
    expect(connector.id == stage.subject.manifest.id, f"{connector.id} is not {stage.subject.manifest.id}")


@check(Tier.BRONZE)
def abilities_are_claimed_and_implemented(stage: Stage) -> None:
    """Every claimed ability is implemented, and every implemented one is claimed."""
    offered = abilities_of(stage.subject.connector, stage.shared.session)
    claimed = set(stage.subject.manifest.abilities)
    expect(
        offered == claimed,
        f"claimed only: {sorted(claimed - offered)}, offered only: {sorted(offered - claimed)}",
    )


@check(Tier.BRONZE)
def import_loads_nothing_heavy(stage: Stage) -> None:
    """Importing the package loads no library: it is imported only when a connection needs it."""
    told = _import_alone(
        stage, f"print([name for name in {HEAVY!r} if name in set(sys.modules) - before[0]])"
    )
    expect(told == "[]", f"importing loads {told}")


@check(Tier.BRONZE)
def import_does_nothing(stage: Stage) -> None:
    """Importing the package opens no file, socket, thread or process, and prints nothing."""
    told = _import_alone(stage, "print([*told, *['thread'] * (threading.active_count() - before[1])])")
    expect(told == "[]", f"importing did {told[:200]}")


@check(Tier.BRONZE)
def source_keeps_to_the_door(stage: Stage) -> None:
    """The source uses of Writeback only `sdk`, `model` and `errors`."""
    found = [
        f"{path.name}: {name}"
        for path, name in _imports(stage.subject.source)
        if name.partition(".")[0] == "writeback" and not name.startswith(DOOR)
    ]
    expect(not found, f"imports {', '.join(found[:5])}")


@check(Tier.BRONZE)
def source_opens_no_socket(stage: Stage) -> None:
    """The source imports nothing that opens sockets, threads or processes by itself."""
    found = [
        f"{path.name}: {name}"
        for path, name in _imports(stage.subject.source)
        if name.partition(".")[0] in SOCKETS or name in {"http.client", "urllib.request"}
    ]
    expect(not found, f"imports {', '.join(found[:5])}")


@check(Tier.SILVER)
def simulator_shares_no_code(stage: Stage) -> None:
    """The simulator imports nothing of the connector, so that no misreading agrees with itself."""
    package, source = stage.subject.package, stage.subject.source
    own = f"{package}.simulator"
    found = [
        f"{path.name}: {name}"
        for path, name in _imports(source)
        if "simulator" in path.relative_to(source).parts[0]
        and name.startswith(f"{package}.")
        and not name.startswith(own)
    ]
    expect(not found, f"the simulator imports {', '.join(found[:5])}")


@check(Tier.BRONZE)
def form_can_be_drawn(stage: Stage) -> None:
    """Each sign-in form has defaults that are among its choices and of its types."""
    for auth in stage.subject.manifest.auth:
        for name, field in auth.form.properties.items():
            kinds = {"string": str, "integer": int, "boolean": bool}
            is_fit = field.default is None or type(field.default) is kinds[field.type]
            expect(is_fit, f"{auth.method.value}.{name}: the default is no {field.type}")
            in_choices = not field.enum or field.default is None or field.default in field.enum
            expect(in_choices, f"{auth.method.value}.{name}: the default is none of the choices")


@check(Tier.SILVER)
def form_asks_for_no_secret(stage: Stage) -> None:
    """No form shows a secret while it is typed: secrets stand under `secrets`, or in a file."""
    for auth in stage.subject.manifest.auth:
        shown = [name for name in auth.form.properties if any(word in name for word in SECRET_WORDS)]
        expect(not shown, f"{auth.method.value} shows {', '.join(shown)}")


@check(Tier.SILVER)
def sign_in_stays_on_declared_hosts(stage: Stage) -> None:
    """Browser sign-in leads to declared hosts, over https, whatever the form says."""
    manifest, connector = stage.subject.manifest, stage.subject.connector
    if not isinstance(connector, SignsInByBrowser):
        raise NotApplicableError("there is no browser sign-in of the plain kind")
    for auth in manifest.auth:
        if auth.method.value != "oauth":
            continue
        app = connector.oauth_app(_filled_form(auth))
        for url in (app.authorize_url, app.token_url):
            parts = urlsplit(url)
            expect(parts.scheme == "https", f"{url} is not https")
            expect(is_declared(manifest, parts.hostname or ""), f"{parts.hostname} is not declared")


@check(Tier.BRONZE)
def options_have_defaults_that_open(stage: Stage) -> None:
    """A session opens with nothing but the defaults of the options, and makes no call."""
    with stage.bench() as bench:
        expect(not bench.http.asked, f"opening asked {bench.http.asked[:2]}")
        expect(not bench.crm.requests.told()["total"], "opening made a call of its own")


@check(Tier.SILVER)
def icon_is_a_plain_picture(stage: Stage) -> None:
    """The icon is an SVG without scripts and without addresses of elsewhere."""
    name = stage.subject.manifest.icon
    expect(name is not None, "the manifest names no icon")
    text = (stage.subject.source / str(name)).read_text("utf-8")
    root = ET.fromstring(text)  # noqa: S314  a file of the package that is about to be run anyway
    expect(root.tag.endswith("svg"), f"the icon is {root.tag}")
    tags = {str(each.tag).rpartition("}")[2].casefold() for each in root.iter()}
    expect(not tags & {"script", "foreignobject", "image", "use"}, f"the icon holds {sorted(tags)}")
    links = [value for each in root.iter() for key, value in each.attrib.items() if key.endswith("href")]
    expect(not links, f"the icon leads to {links[:2]}")


@check(Tier.SILVER)
def error_codes_have_words(stage: Stage) -> None:
    """The connector's error codes are told in words: its `sentences.toml` answers for all of them."""
    area, place = stage.subject.manifest.id, stage.subject.source / PLUGIN_FILE
    if not place.is_file():
        expect(f"{area}.other" in catalogue(), f"there is no {PLUGIN_FILE}")
        return
    told = tomllib.loads(place.read_text("utf-8"))
    expect("other" in told, f"{PLUGIN_FILE} has no entry `other`")
    mute = [name for name, entry in told.items() if not (entry.get("happened") and entry.get("advice"))]
    expect(not mute, f"{', '.join(mute[:5])}: what happened, or what to do, is missing")


@check(Tier.SILVER)
def owner_is_named(stage: Stage) -> None:
    """`quality.toml` names who answers for the connector, and is about this connector."""
    quality = stage.subject.quality
    expect(quality.owner.name.strip(), "[owner] has no name")
    expect(quality.connector == stage.subject.manifest.id, f"it is about {quality.connector}")


@check(Tier.PLATINUM)
def source_is_typed_throughout(stage: Stage) -> None:
    """Every function has types for all it takes and gives, and the package says `py.typed`."""
    source = stage.subject.source
    expect((source / "py.typed").is_file(), "there is no py.typed")
    bare = [
        f"{path.name}:{node.lineno} {node.name}"
        for path in _files(source)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_typed(node)
    ]
    expect(not bare, f"untyped: {', '.join(bare[:5])}")


def is_declared(manifest: Manifest, host: str) -> bool:
    """Say whether the manifest's hosts hold this one."""
    return any(
        host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern
        for pattern in manifest.hosts
    )


def _import_alone(stage: Stage, then: str) -> str:
    """Import the package in a fresh Python and give what it printed."""
    code = f"{_LOOKS}\nimport {stage.subject.package}\n{then}"
    command = [sys.executable, "-c", code, str(stage.subject.source.parent)]
    done = subprocess.run(  # noqa: S603  our own program
        command, capture_output=True, encoding="utf-8", check=False, timeout=50
    )
    expect(done.returncode == 0, f"importing failed: {done.stderr.strip()[-200:]}")
    return done.stdout.strip()


def _files(source: Path) -> abc.Iterator[Path]:
    return (path for path in sorted(source.rglob("*.py")) if "__pycache__" not in path.parts)


def _imports(source: Path) -> abc.Iterator[tuple[Path, str]]:
    for path in _files(source):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield from ((path, f"{node.module}.{alias.name}") for alias in node.names)


def _is_typed(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    given += [each for each in (node.args.vararg, node.args.kwarg) if each is not None]
    bare = [each.arg for each in given if each.annotation is None and each.arg not in {"self", "cls"}]
    return not bare and (node.returns is not None or node.name == "__init__")


def _filled_form(auth: Auth) -> dict[str, str]:
    return {
        name: str(field.default or (field.examples[0] if field.examples else "example"))
        for name, field in auth.form.properties.items()
        if field.default is not None or name in auth.form.required
    }


CHECKS = checks_in(globals())
