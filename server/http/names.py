"""Whose something is: "Sofies", "Mads’", "Sofie’s"."""

HISSING = ("s", "x", "z")


def genitive(name: str, language: str) -> str:
    """Put a name in the genitive as it is written in Danish or English."""
    if name.lower().endswith(HISSING):
        return f"{name}’"
    return f"{name}s" if language == "da" else f"{name}’s"
