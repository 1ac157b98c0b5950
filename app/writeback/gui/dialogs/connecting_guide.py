"""What a person does in the CRM before they sign in: steps, addresses and scopes to copy, what goes wrong."""

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column
from writeback.gui.widgets.text import PlainLabel
from writeback.sdk.manifest import Guide


class GuideBox(QFrame):
    """The guide of one way of signing in, as its manifest tells it."""

    def __init__(self, product: str, guide: Guide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._product, self._guide = product, guide
        self.setProperty("box", "well")
        self.setAccessibleName(tr("What to do in {product}", product=product))
        self._copied = PlainLabel(role="muted")
        box = column(gap=2, margin=4)
        if guide.steps:
            box.addWidget(PlainLabel(tr("In {product}, beforehand", product=product), role="strong"))
            for number, step in enumerate(guide.steps, start=1):
                box.addWidget(PlainLabel(f"{number}. {tr(step)}", wraps=True))
        self._add_copies(box)
        if guide.pitfalls:
            box.addWidget(PlainLabel(tr("What goes wrong most"), role="strong"))
            for pitfall in guide.pitfalls:
                box.addWidget(PlainLabel(f"• {tr(pitfall)}", role="muted", wraps=True))
        self.setLayout(box)

    def _add_copies(self, box: QVBoxLayout) -> None:
        for address in self._guide.redirects:
            copy = Button(tr("Copy address"), picture="copy", call=partial(self._copy, address))
            copy.setAccessibleName(tr("Copy the redirect address {address}", address=address))
            box.addWidget(Flowing(PlainLabel(address), copy))
        if self._guide.scopes:
            box.addWidget(
                PlainLabel(tr("Scopes: {scopes}", scopes=", ".join(self._guide.scopes)), wraps=True)
            )
        guide, buttons = self._guide, list[QWidget]()
        if len(guide.redirects) > 1:
            every = partial(self._copy, "\n".join(guide.redirects))
            buttons.append(Button(tr("Copy all addresses"), picture="copy", call=every))
        if guide.scopes:
            scopes = partial(self._copy, " ".join(guide.scopes))
            buttons.append(Button(tr("Copy scopes"), picture="copy", call=scopes))
        if guide.steps:
            mail = Button(tr("Copy e-mail to the administrator"), picture="copy", call=self._copy_mail)
            buttons.append(mail)
        box.addWidget(Flowing(*buttons))
        box.addWidget(self._copied)
        self._copied.hide()

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._copied.set_text(tr("Copied."))
        self._copied.show()

    def _copy_mail(self) -> None:
        self._copy(administrator_mail(self._product, self._guide))


def administrator_mail(product: str, guide: Guide) -> str:
    """Write the letter to who may set the app up, with everything they need."""
    steps = "\n".join(f"{number}. {tr(step)}" for number, step in enumerate(guide.steps, start=1))
    parts = [
        tr("Subject: access to {product} for Writeback", product=product),
        tr(
            "Hello,\n\nI use Writeback, a desktop program that writes reviewed changes of our customer "
            "data back into {product}. It runs on my computer and signs in as me. It needs this:",
            product=product,
        ),
        steps,
    ]
    if guide.redirects:
        addresses = "\n".join(guide.redirects)
        parts.append(tr("Redirect addresses, exactly as they stand here:\n{addresses}", addresses=addresses))
    if guide.scopes:
        parts.append(tr("Scopes: {scopes}", scopes=" ".join(guide.scopes)))
    parts.append(tr("Please send me what the last step names. No password is needed.\n\nThank you"))
    return "\n\n".join(parts) + "\n"
