"""Who supports the young person after a hard talk."""

import pytest

from server.domain.aftercare import Aftercare, aftercare
from server.domain.errors import Invalid


def test_somebody_is_named_or_they_wanted_nobody():
    """C30: a no stands above a name that stood in the field already."""
    assert aftercare("  Moster   Ulla ", said_no=False) == Aftercare("Moster Ulla")
    assert aftercare("Moster Ulla", said_no=True) == Aftercare("", said_no=True)


@pytest.mark.parametrize(
    ("who", "wrong"),
    [(" ", "supports-missing"), ("x" * 41, "too-long"), ("Ul\u202ela", "odd-characters")],
)
def test_nobody_in_particular_is_nobody(who: str, wrong: str):
    with pytest.raises(Invalid) as invalid:
        aftercare(who, said_no=False)
    assert invalid.value.fields == {"supports": wrong}
