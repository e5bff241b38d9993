"""how often each device has tried a code, so that a copy of the link takes none from the child"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "tries_of_each_device"
down_revision: str | None = "opening_words"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "code_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{owner}_id"],
                [f"{owner}s.id"],
                op.f(f"fk_code_tries_{owner}_id_{owner}s"),
                ondelete="CASCADE",
            )
            for owner in ("code", "session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_tries")),
        sa.UniqueConstraint("code_id", "session_id", name=op.f("uq_code_tries_code_id_session_id")),
    )
    for owner in ("code", "session"):
        op.create_index(op.f(f"ix_code_tries_{owner}_id"), "code_tries", [f"{owner}_id"])


def downgrade() -> None:
    op.drop_table("code_tries")
