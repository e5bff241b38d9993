"""Which characters what people write about one another may not hold."""

# Overrides, embeddings and isolates turn the letters after them round, so that a name or a line
# reads otherwise than it was written (Unicode TR 36, 2.1). Marks (LRM, RLM, ALM) are left alone:
# Arabic and Hebrew names need them, and they turn nothing but their neighbours.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ODD = frozenset("\0" + _TURNING)


def are_odd(text: str) -> bool:
    """Whether a name or a line holds what no keyboard writes and no reader sees."""
    return not _ODD.isdisjoint(text)
