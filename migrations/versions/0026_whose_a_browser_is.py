"""a browser is looked up by whose it is

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "whose_a_browser_is"
down_revision: str | None = "what_the_home_answers_before"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWNERS = ("account_id", "placement_id", "seat_id")


def upgrade() -> None:
    for owner in OWNERS:
        op.create_index(op.f(f"ix_sessions_{owner}"), "sessions", [owner])


def downgrade() -> None:
    for owner in OWNERS:
        op.drop_index(op.f(f"ix_sessions_{owner}"), table_name="sessions")
