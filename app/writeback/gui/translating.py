"""Every text of ours that a person reads goes through `tr`: one sentence with named places.

A sentence is translated whole, then filled; what fills it (names, numbers, a CRM's words) is
never translated. Text that stands at module level is only marked, and translated where it is shown.
"""

from PySide6.QtCore import QCoreApplication

CONTEXT = "writeback"


def tr(text: str, n: int | None = None, /, **places: object) -> str:
    """Give a text of ours in the person's language.

    Args:
        text: The English sentence, a literal; places as `{name}`, `%n` for the number of the plural.
        n: That number.
        places: What fills the places.

    Raises:
        KeyError: A place has nothing to fill it.
    """
    translated = QCoreApplication.translate(CONTEXT, text, "", -1 if n is None else n)
    return translated.format(**places) if places else translated


def mark(text: str) -> str:
    """Mark a text at module level for translation; it is translated where `tr` shows it."""
    return text
