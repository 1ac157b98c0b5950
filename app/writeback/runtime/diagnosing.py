"""What a report of a fault needs, file by file, for a person to read before anything is saved.

No value of a record goes in, no secret, no address of a record: versions, settings, plugins, the
doctor's findings, jobs in numbers, refusals by code. Everything passes the redactor once more.
"""

import io
import json
import platform
import sys
import zipfile
from collections import abc
from dataclasses import dataclass
from pathlib import Path

from writeback import __version__
from writeback.engine import checking
from writeback.files import telling_unwritable
from writeback.preferences import KEYS, Preferences
from writeback.runtime.reading import Reading
from writeback.settings import Settings
from writeback.store import audit, sqlite, trail
from writeback.store.workspace import Workspace

MOST_JOBS = 200


@dataclass(frozen=True, slots=True)
class DiagnosticFile:
    """One file of the bundle, as it would be saved."""

    name: str
    about: str
    """What stands in it, in one sentence."""
    text: str


def diagnostic_files(
    reading: Reading, *, settings: Settings, preferences: Preferences
) -> tuple[DiagnosticFile, ...]:
    """Make the files of the bundle; nothing is written."""
    from writeback.transport.redacting import Redactor  # noqa: PLC0415  the HTTP stack: only where needed

    workspace = reading.workspace
    redactor = Redactor()

    def made(name: str, about: str, plain: object) -> DiagnosticFile:
        text = json.dumps(plain, indent=2, ensure_ascii=False, default=str)
        return DiagnosticFile(name, about, _homeless(redactor.text(text)) + "\n")

    return (
        made("versions.json", "Versions of Writeback, Python, SQLite and the system.", _versions(settings)),
        made("settings.json", "Settings that are not as we ship them.", _settings(preferences)),
        made("plugins.json", "Plugins and why some do not run.", _plugins(reading)),
        made("doctor.json", "What the doctor found.", _doctor(workspace)),
        made("connections.json", "Connections without their names.", _connections(reading)),
        made("jobs.json", "The newest jobs in numbers, with codes; no value.", _jobs(reading)),
        made(
            "trail.json",
            "Length and head of the audit trail, acts in numbers.",
            _trail(workspace),
        ),
    )


def save_bundle(files: abc.Sequence[DiagnosticFile], path: Path) -> Path:
    """Write the files that were looked at, exactly as they were shown.

    Raises:
        ConfigurationError: `file.not_writable`.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for one in files:
            bundle.writestr(one.name, one.text)
    with telling_unwritable(path):
        path.write_bytes(packed.getvalue())
    return path


def _homeless(text: str) -> str:
    """Take the person's own folder, and with it their name, out of paths."""
    home = str(Path.home())
    return text.replace(json.dumps(home)[1:-1], "~") if len(home) > 1 else text


def _versions(settings: Settings) -> dict[str, object]:
    return {
        "writeback": __version__,
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "sqlite": sqlite.version(),
        "is_frozen": settings.is_frozen,
        "has_display": settings.has_display,
        "has_proxy": settings.proxy is not None,
        "has_ca_file": settings.ca_file is not None,
    }


def _settings(preferences: Preferences) -> dict[str, object]:
    told = {
        key.name: preferences.get(key.name)
        for key in KEYS
        if key.is_shown and not key.name.startswith("network.") and preferences.source(key.name) != "default"
    }
    locked = sorted(preferences.managed)
    return {"set": told, "locked": locked, "problems": [one.code for one in preferences.problems]}


def _plugins(reading: Reading) -> list[dict[str, object]]:
    return [
        {
            "id": one.id,
            "api": one.manifest.api if one.manifest is not None else "",
            "reason": one.reason,
        }
        for one in reading.connectors()
    ]


def _doctor(workspace: Workspace) -> dict[str, object]:
    report = checking.check_workspace(workspace, facts={})
    return {
        "ok": report.ok,
        "kept": {one.id: one.is_kept for one in report.findings},
        "violations": {one.id: len(one.violations) for one in report.findings if one.violations},
    }


def _connections(reading: Reading) -> list[dict[str, object]]:
    return [
        {
            "connector": one.connection.connector,
            "environment": one.connection.environment.value,
            "sign_in": one.connection.sign_in.value,
            "safety": one.connection.safety.value,
            "is_simulator": one.connection.is_simulator,
            "integrations": len(one.integrations),
            "open_jobs": one.open_jobs,
        }
        for one in reading.connections()
    ]


def _jobs(reading: Reading) -> list[dict[str, object]]:
    return [
        {
            "number": job.number,
            "kind": job.kind.value,
            "state": job.state.value,
            "stopped_by": job.stop.code if job.stop is not None else "",
            "rows": job.counts.rows,
            "applied": job.counts.applied,
            "rejected": job.counts.rejected,
            "conflict": job.counts.conflict,
            "unknown": job.counts.unknown,
            "blocked": job.counts.blocked,
            "submitted_at": job.submitted_at,
            "finished_at": job.finished_at,
        }
        for job in reading.jobs()[:MOST_JOBS]
    ]


def _trail(workspace: Workspace) -> dict[str, object]:
    with workspace.reading() as db:
        return {"entries": trail.count(db), "head": audit.head(db), "acts": trail.counts(db)}
