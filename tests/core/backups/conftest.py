"""What the drills need."""

from tests.core.reports.conftest import dead_broker

__all__ = ["dead_broker"]
