"""Answers about views of grids: they hold nothing of a customer's and need no right."""

from writeback.errors import ConfigurationError
from writeback.model.grid_views import GridView
from writeback.runtime.answering.once import Answering
from writeback.store import grid_views

MOST_NAME = 200


class GridAnswers(Answering):
    """Answers about views of grids."""

    def keep_view(self, view: GridView, *, act: str) -> GridView:
        """See `Facade.keep_view`."""
        if len(view.name) > MOST_NAME or (view.name and not view.name.isprintable()):
            raise ConfigurationError("view.bad_name", name=view.name[:80], most=MOST_NAME)

        def keep() -> GridView:
            with self.workspace.writing() as db:
                grid_views.put(db, view, at=self.workspace.now())
            return view

        return self._once(act, "keep_view", keep)

    def remove_view(self, owner: str, entity: str, name: str, *, act: str) -> None:
        """See `Facade.remove_view`."""

        def remove() -> None:
            with self.workspace.writing() as db:
                if not name or not grid_views.remove(
                    db, GridView(owner, entity, name), at=self.workspace.now()
                ):
                    raise ConfigurationError("view.unknown", name=name[:80])

        self._once(act, "remove_view", remove)
