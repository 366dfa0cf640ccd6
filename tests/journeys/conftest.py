"""The portal as the journeys find it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.matrix.scene import Scene, build
from tests.support.browser import Browsing
from tests.support.people import make_people


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """Committed, so that server, worker and browser see it."""
    return build(make_people())


@pytest.fixture
def portal(scene: Scene, browsing: Browsing) -> Browsing:
    """The browser, once the portal holds its scene."""
    return browsing


@pytest.fixture
def people(scene: Scene) -> Any:
    return scene.people
