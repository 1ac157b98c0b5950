"""Every text of ours that a person reads in the window goes through `tr`: one sentence with named places.

A text at module level is only marked, and translated where it is shown; a table of words is a `Words`.
What stands behind it is `runtime.wording`, so that a sentence that the window takes from `runtime` speaks
the same language.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from writeback.runtime.wording import Words, mark, speak_language
from writeback.runtime.wording import say as tr

__all__ = ["LANGUAGES", "Words", "language_of", "mark", "number", "tr", "use_language"]

LANGUAGES = ("en", "de")
"""What the window speaks."""


def language_of(wish: str) -> str:
    """Give the language of a wish: `system`, or one of `LANGUAGES`; what nobody speaks is English."""
    wanted = QLocale.languageToCode(QLocale.system().language()) if wish == "system" else wish
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def use_language(language: str) -> None:
    """Speak a language from now on; Qt's own buttons and menus too, where Qt has them."""
    speak_language(language, number)
    application = QCoreApplication.instance()
    if application is None:
        return
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    words = QTranslator(application)
    if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)


def number(count: float) -> str:
    """Give a number with the separators of the person's own settings."""
    locale = QLocale()
    return locale.toString(count) if isinstance(count, int) else locale.toString(float(count), "f", 1)
