"""What a figure is held against (design 6)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    bound: float
    is_floor: bool

    def kept(self, value: float) -> bool:
        return value >= self.bound if self.is_floor else value <= self.bound

    def __str__(self) -> str:
        return f"at {'least' if self.is_floor else 'most'} {self.bound:g}"


def at_most(bound: float) -> Budget:
    return Budget(bound, is_floor=False)


def at_least(bound: float) -> Budget:
    return Budget(bound, is_floor=True)
