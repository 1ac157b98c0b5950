"""Views of grids."""

from typing import Protocol

from writeback.model.grid_views import GridView


class GridCalls(Protocol):
    """Keeping and forgetting views of grids; they are read by `runtime.reading`."""

    def keep_view(self, view: GridView, *, act: str) -> GridView:
        """Keep a view in place of an earlier one of the same owner and name; '' is how a grid was left.

        Raises:
            ConfigurationError: `view.bad_name`.
        """

    def remove_view(self, owner: str, entity: str, name: str, *, act: str) -> None:
        """Forget a view.

        Raises:
            ConfigurationError: `view.unknown`: there is none.
        """
