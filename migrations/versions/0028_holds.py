"""a hold on what is forgotten by the clock

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "holds"
down_revision: str | None = "what_the_home_has_to_do"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWNERS = {"young_person_id": "young_people", "account_id": "accounts"}


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                op.f(f"fk_holds_{column}_{table}"),
                ondelete="CASCADE",
            )
            for column, table in OWNERS.items()
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by"],
            ["accounts.id"],
            op.f("fk_holds_lifted_by_accounts"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    for column in OWNERS:
        op.create_index(op.f(f"ix_holds_{column}"), "holds", [column])


def downgrade() -> None:
    op.drop_table("holds")
