"""How big things are. The norms are printed (`-s` shows them); outliers need their reason here."""

import ast
import statistics
from pathlib import Path

from tests.architecture.trees import ROOT, sources

MODULE_LINES = 500
FUNCTION_LINES = 60
PUBLIC_METHODS = 12

OUTLIERS: dict[str, str] = {
    "app/writeback/cli/campaigns.py::import_campaign": "one line an option",
    "app/writeback/cli/push.py::push": "one line an option",
    "app/writeback/conformance/benches.py::Bench": "what checks ask of a session, each in a line",
    "app/writeback/conformance/rooms.py::Room": "what checks ask of a job, each in a line",
    "app/writeback/planning/segmenting.py::_Reading": "one method per grammar rule",
    "app/writeback/runtime/answering/models.py::ModelAnswers": "implements `ModelCalls`: each hands on",
    "app/writeback/runtime/reading.py::Reading": "the half of the façade that only reads",
    "app/writeback/runtime/sending.py::Sending": "one method per call of the façade about plans and jobs",
    "app/writeback/store/glances.py::Glances": "one query for each thing that a screen shows",
    "plugins/dynamics/writeback_dynamics/simulator/tables.py::Table": "one method per question to its rows",
    "plugins/salesforce/writeback_salesforce/simulator/crm.py::_resources": "the table of addresses",
    "plugins/salesforce/writeback_salesforce/simulator/soql.py::_Reading": "one method per grammar rule",
    "plugins/zoho/writeback_zoho/simulator/crm.py::_resources": "the table of addresses",
}
"""`path`, `path::function` or `path::Class` → why it may be that big."""


def test_what_is_too_big_has_a_reason() -> None:
    modules, functions, classes = _measure()
    _print_norms("modules", "lines", list(modules.values()))
    _print_norms("functions", "lines", list(functions.values()))
    big = {
        **{name: size for name, size in modules.items() if size > MODULE_LINES},
        **{name: size for name, size in functions.items() if size > FUNCTION_LINES},
        **{name: size for name, size in classes.items() if size > PUBLIC_METHODS},
    }
    assert {name: size for name, size in big.items() if name not in OUTLIERS} == {}
    assert sorted(set(OUTLIERS) - set(big)) == [], "a reason without an outlier"


def _measure() -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    modules: dict[str, int] = {}
    functions: dict[str, int] = {}
    classes: dict[str, int] = {}
    for path in sources():
        if path.parent.name == "versions":
            continue  # migrations are history: written once, never tidied
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix()
        if path.name != "__init__.py":
            modules[name] = len(text.splitlines())
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    functions[f"{name}::{node.name}"] = (node.end_lineno or node.lineno) - node.lineno + 1
                case ast.ClassDef():
                    classes[f"{name}::{node.name}"] = _public_methods(node)
                case _:
                    pass
    return modules, functions, classes


def _public_methods(node: ast.ClassDef) -> int:
    return sum(isinstance(each, ast.FunctionDef) and not each.name.startswith("_") for each in node.body)


def _print_norms(what: str, unit: str, sizes: list[int]) -> None:
    ordered = sorted(sizes)
    p90 = ordered[int(len(ordered) * 0.9)]
    print(
        f"{what}: {len(sizes)} · median {statistics.median(sizes):g} {unit} · p90 {p90} · most {ordered[-1]}"
    )


WORKING_INITS = {
    "app/writeback/runtime/facade/__init__.py": "re-exports, each at its first use",
    "app/writeback/store/migrations/__init__.py": "the runner of the scripts, beside them",
}
"""`__init__.py` that do more than re-export → why."""


def test_no_init_module_does_work() -> None:
    guilty = [
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if path.name == "__init__.py" and path.parent.parent.name != "plugins" and _works(path)
    ]
    assert sorted(set(guilty) - set(WORKING_INITS)) == []


def _works(path: Path) -> bool:
    """Say whether an `__init__.py` does more than re-export (a connector's own may hold hooks)."""
    if path.parent.name.startswith("writeback_"):
        return False
    body = ast.parse(path.read_text(encoding="utf-8")).body
    quiet = (ast.Import, ast.ImportFrom, ast.Expr, ast.Assign, ast.AnnAssign)
    return not all(isinstance(node, quiet) for node in body)
