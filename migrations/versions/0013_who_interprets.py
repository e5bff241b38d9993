"""interpreters and second professionals

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.

The check on a seat's role names two more. SQLite cannot change one: the table is made anew, while
nothing that belongs to its rows goes with them (server/store/database.py).
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "who_interprets"
down_revision: str | None = "back_after_leaving"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = ("caseworker", "young_person", "bisidder")
AFTER = (*BEFORE, "interpreter", "second_professional")
CHECK = "ck_seats_role"
KEY = "fk_asides_interpreter_id_seats"


def upgrade() -> None:
    roles(AFTER)
    with op.batch_alter_table("asides") as batch:
        batch.add_column(sa.Column("interpreter_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("asked_in_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f(KEY), "seats", ["interpreter_id"], ["id"], ondelete="CASCADE")


def downgrade() -> None:
    with op.batch_alter_table("asides") as batch:
        batch.drop_constraint(op.f(KEY), type_="foreignkey")
        batch.drop_column("asked_in_at")
        batch.drop_column("interpreter_id")
    op.execute("DELETE FROM seats WHERE role IN ('interpreter', 'second_professional')")
    roles(BEFORE)


def roles(known: tuple[str, ...]) -> None:
    words = ", ".join(f"'{role}'" for role in known)
    with op.batch_alter_table("seats") as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.create_check_constraint(op.f(CHECK), f"role IN ({words})")
