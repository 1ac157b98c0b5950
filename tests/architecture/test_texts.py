"""Every text of ours in the window goes through `tr` as one literal sentence with named places."""

import ast
import re
from collections import abc
from pathlib import Path

import pytest

from tests.architecture.trees import APP

GUI = APP / "gui"
SPEAK_ENGLISH = {"studio"}
"""Programs for developers."""
SAID = {"tr", "say", "mark", "Words"}
NO_TEXT_FOR_PEOPLE = {
    "setObjectName", "setProperty", "property", "setStyleSheet", "getattr", "hasattr", "Path", "open",
    "compile", "search", "match", "sub", "split", "find", "replace", "write", "debug", "info",
    "warning", "error_log", "QColor", "QKeySequence", "TypeVar", "NewType", "RuntimeError",
    "ValueError", "KeyError", "TypeError", "AssertionError", "LookupError", "QStyleFactory", "setStyle",
    "create",
}  # fmt: skip
SHOWS = {
    "PlainLabel": 0, "ElidedLabel": 0, "Button": 0, "Chip": 0, "IconButton": 0, "Spec": 0, "Table": 0,
    "set_text": 0, "setText": 0, "tip": 1, "gate": 0, "setTabText": 1, "addTab": 1,
    "setAccessibleName": 0, "setAccessibleDescription": 0, "setWindowTitle": 0, "setPlaceholderText": 0,
    "setStatusTip": 0, "setWhatsThis": 0, "addMenu": 0, "setTitle": 0, "addItem": 0, "QCheckBox": 0,
    "QRadioButton": 0, "explain": 0, "empty": 0, "partial": 0,
}  # fmt: skip
"""What puts the argument of this place before a person: a single word is a text there too."""
IDENTIFIER = re.compile(r"[\w.:/\-#*|%]*$")
PROSE = re.compile(r"[A-Za-z…,.)”\"'] +(?:& )?[A-Za-z(“]|^ +[a-z]{2,}|[a-z]{2,} +$")
CAPITAL = re.compile(r"[A-Z][a-z]+(?:[-’'][a-z]+)*[…:.]?$")
PLACE = re.compile(r"\{(\w+)")


def modules() -> list[Path]:
    return sorted(one for one in GUI.rglob("*.py") if not SPEAK_ENGLISH.intersection(one.parts))


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def words_of(node: ast.AST) -> str | None:
    """Give the literal words of a constant or an f-string."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def is_text(node: ast.AST, *, is_shown: bool) -> bool:
    """Say whether a literal is a text for people."""
    words = words_of(node)
    if words is None or not re.search(r"[A-Za-z]{2}", words) or words.startswith("<") or '="' in words:
        return False
    plain = words.replace("{}", "")
    if " › " in plain or " / " in plain or " >= " in plain:
        return False  # ways through another product; a condition in our own language of filters
    if plain.strip(" –-") in {"Writeback", "Fusion", "Deutsch", "English"} or re.match(
        r"(Ctrl|Shift|Alt)\+|F\d+$", plain
    ):
        return False
    if isinstance(node, ast.JoinedStr):
        return (
            bool(re.search(r"(?:^|[ (“])[A-Za-z]{2,}(?:[ ,.;:)]|$)", plain))
            and " " in words
            and "{};" not in words
        )
    return bool(PROSE.search(words) or CAPITAL.match(words)) or (
        is_shown and bool(re.search(r"[a-z]{2}", words))
    )


class Texts(ast.NodeVisitor):
    """Finds texts that are not said, and things said in a way that cannot be translated."""

    def __init__(self, marked: abc.Collection[str] = ()) -> None:
        self.found: list[tuple[int, str]] = []
        self._marked = marked
        self._depth = 0

    def body(self, statements: abc.Iterable[ast.stmt]) -> None:
        for one in statements:
            if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)):
                self.visit(one)

    def visit_Module(self, node: ast.Module) -> None:
        self.body(node.body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.body(node.body)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self.visit(default)
        self._depth += 1
        self.body(node.body)
        self._depth -= 1

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._depth += 1
        self.visit(node.body)
        self._depth -= 1

    def visit_Name(self, node: ast.Name) -> None:
        if self._depth and node.id in self._marked and isinstance(node.ctx, ast.Load):
            self.tell(node, "is only marked: say it where it is shown, tr(CONSTANT)")

    def visit_Compare(self, node: ast.Compare) -> None:
        for one in (node.left, *node.comparators):
            if not isinstance(one, ast.Constant | ast.Tuple | ast.Set | ast.List | ast.Name):
                self.visit(one)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
        if not isinstance(node.slice, ast.Constant):
            self.visit(node.slice)

    def visit_Dict(self, node: ast.Dict) -> None:
        for one in node.values:
            self.visit(one)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(one, ast.Name) and one.id == "__all__" for one in node.targets):
            self.visit(node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_match_case(self, node: ast.match_case) -> None:
        self.body(node.body)

    def visit_Call(self, node: ast.Call) -> None:
        name = called(node)
        if name in SAID and isinstance(node.func, ast.Name):
            self.said(node, name)
            return
        self.visit(node.func)
        if name in NO_TEXT_FOR_PEOPLE:
            return
        for place, one in enumerate(node.args):
            if SHOWS.get(name) == place or (name == "say" and not place):
                self.shown(one)
            else:
                self.visit(one)
        for keyword in node.keywords:
            if keyword.arg != "command":
                self.visit(keyword.value)

    def shown(self, node: ast.AST) -> None:
        if isinstance(node, ast.IfExp):
            self.visit(node.test)
            self.shown(node.body)
            self.shown(node.orelse)
        elif is_text(node, is_shown=True):
            self.tell(node, "is shown and not said")
        else:
            self.visit(node)

    def said(self, node: ast.Call, name: str) -> None:
        first = node.args[0] if node.args else None
        if name == "Words":
            return
        if isinstance(first, ast.JoinedStr | ast.BinOp) or (
            isinstance(first, ast.Call) and called(first) == "format"
        ):
            self.tell(node, "is put together, so that nobody can translate it")
        if name != "mark" and not self._depth and isinstance(first, ast.Constant):
            self.tell(node, "is said before the language is known: mark() it, and say it where it is shown")
        if isinstance(first, ast.Constant) and name != "mark":
            given = {one.arg for one in node.keywords}
            if None not in given and set(PLACE.findall(first.value)) != given:
                self.tell(node, f"names other places than it fills: {sorted(map(str, given))}")
        for one in (*node.args[1:], *(keyword.value for keyword in node.keywords)):
            self.visit(one)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        if is_text(node, is_shown=False):
            self.tell(node, "is a text and not said")
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if is_text(node, is_shown=False):
            self.tell(node, "is a text and not said")

    def tell(self, node: ast.AST, what: str) -> None:
        self.found.append((getattr(node, "lineno", 0), f"{ast.unparse(node)[:90]} {what}"))


def marked_in(tree: ast.Module) -> set[str]:
    """Give the constants of a module that hold one marked text."""
    found: set[str] = set()
    for node in tree.body:
        target = node.target if isinstance(node, ast.AnnAssign) else None
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
        if isinstance(node, ast.Assign | ast.AnnAssign) and called(node.value or node) == "mark":
            found |= {target.id} if isinstance(target, ast.Name) else set()
    return found


def complaints(source: str) -> list[tuple[int, str]]:
    tree = ast.parse(source)
    texts = Texts(marked_in(tree) | {"NOT_SET", "BLANK"})
    texts.visit(tree)
    return texts.found


def test_every_text_of_the_window_is_said() -> None:
    found = [
        f"{path.relative_to(APP.parent)}:{line}: {what}"
        for path in modules()
        for line, what in complaints(path.read_text("utf-8"))
    ]
    told = 'wrap them: tr("… {name} …", name=…), at module level mark("…") and tr(CONSTANT) where it is shown'
    assert not found, f"{told}\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("def f():\n label.setText('Nothing was sent.')", "not said"),
        ("def f():\n PlainLabel('done')", "not said"),
        ("def f():\n PlainLabel('done' if x else '')", "not said"),
        ("def f():\n self.told.emit(f'{n} rows written')", "not said"),
        ("TITLE = 'Account assignment'", "not said"),
        ("def f(act='Close'):\n pass", "not said"),
        ("def f():\n tr(f'{n} rows')", "put together"),
        ("def f():\n tr('rows of ' + name)", "put together"),
        ("def f():\n tr('rows of %s' % name)", "put together"),
        ("TITLE = tr('Account assignment')", "before the language"),
        ("def f():\n tr('{rows} written', row=1)", "other places"),
        ("ALL = mark('All of them')\ndef f():\n label.setText(ALL)", "only marked"),
        ("def f():\n return f'{old or NOT_SET} → {new}'", "only marked"),
    ],
)
def test_the_search_finds_what_it_must(source: str, what: str) -> None:
    assert [told for _, told in complaints(source) if what in told], source


def test_what_is_no_text_is_left_alone() -> None:
    source = '''
"""A docstring of a module."""
NAME = mark("Account")
def f():
    """A docstring."""
    label.setProperty("kind", "nav button")
    if x == "Some words here": pass
    tr("%n rows of {name}", 3, name=f"{a} · {b}")
    emit(f"job-{number}.csv")
'''
    assert complaints(source) == []
