"""${message}

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels: str | Sequence[str] | None = ${repr(branch_labels)}
depends_on: str | Sequence[str] | None = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
