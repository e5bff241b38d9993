"""The one place that asks for the time."""

from datetime import UTC, datetime


class Clock:
    """Gives the present moment in UTC. Tests replace it by a clock that stands still."""

    def now(self) -> datetime:
        return datetime.now(UTC)
