from collections import abc

import pytest
import stamina


@pytest.fixture(autouse=True)
def no_waiting_between_tries() -> abc.Iterator[None]:
    stamina.set_testing(True, attempts=4, cap=True)
    yield
    stamina.set_testing(False)
