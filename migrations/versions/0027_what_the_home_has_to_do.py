"""an agreement that is the home's task has its day, and the home says which it cannot keep

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "what_the_home_has_to_do"
down_revision: str | None = "whose_a_browser_is"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    due = "the words are an agreement and the task is the home's: by then"
    op.add_column(
        "handovers",
        sa.Column("task_due", sa.DateTime(timezone=True), nullable=True, comment=due),
    )
    about = "the agreement, as the home read it"
    op.add_column(
        "home_answers",
        sa.Column("about", sa.Text(), nullable=False, server_default="", comment=about),
    )


def downgrade() -> None:
    op.drop_column("home_answers", "about")
    op.drop_column("handovers", "task_due")
