"""What can be wrong, told apart by whose turn it is. Sentences for people are found by id."""


class Problem(Exception):
    """Something the asker can be told. `error` is a stable id that programs may rely on."""

    def __init__(self, error: str, **values: object) -> None:
        super().__init__(error)
        self.error = error
        self.values = values


class Refused(Problem):
    """Understood, but the rules say no, now."""


class Stale(Problem):
    """The asker was looking at older words."""


class TooFast(Problem):
    """More in a short while from one device or link than any hand can press. It is over in
    `after` seconds, and nothing that was typed is lost."""

    def __init__(self, after: int) -> None:
        super().__init__("too-fast")
        self.after = after


class NotFound(Problem):
    """There is no such thing, or it is not the asker's: the same to them (L11)."""

    def __init__(self, error: str = "not-found") -> None:
        super().__init__(error)


class Invalid(Problem):
    """What was typed cannot be used. `fields` maps each field to the id of its sentence."""

    def __init__(self, /, **fields: str) -> None:
        super().__init__("invalid")
        self.fields = fields
