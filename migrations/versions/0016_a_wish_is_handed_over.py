"""a wish for afterwards is handed over like words

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "a_wish_is_handed_over"
down_revision: str | None = "going_on_without"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

HANDOVERS = sa.table(
    "handovers",
    *(sa.column(name) for name in ("id", "placement_id", "text", "released_at", "wish", "until")),
)
REQUESTS = sa.table(
    "support_requests",
    *(
        sa.column(name)
        for name in ("id", "placement_id", "wish", "until", "asked_at", "taken_back_at")
    ),
    sa.column("handover_id"),
)


def upgrade() -> None:
    op.add_column(
        "handovers",
        sa.Column(
            "wish",
            sa.String(length=32),
            server_default="",
            nullable=False,
            comment="for afterwards, instead of words",
        ),
    )
    op.add_column(
        "handovers",
        sa.Column(
            "until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="how long a wish is read",
        ),
    )
    with op.batch_alter_table("support_requests") as table:
        table.add_column(
            sa.Column("handover_id", sa.Integer(), nullable=True, comment="the copy the home reads")
        )
        table.create_foreign_key(
            op.f("fk_support_requests_handover_id_handovers"),
            "handovers",
            ["handover_id"],
            ["id"],
            ondelete="SET NULL",
        )
    _hand_over_what_stands()


def _hand_over_what_stands() -> None:
    """What a home is reading today it goes on reading."""
    standing = REQUESTS.c.taken_back_at.is_(None)
    copied = sa.select(
        REQUESTS.c.placement_id,
        sa.literal_column("''"),
        REQUESTS.c.asked_at,
        REQUESTS.c.wish,
        REQUESTS.c.until,
    ).where(standing)
    into = ["placement_id", "text", "released_at", "wish", "until"]
    op.execute(HANDOVERS.insert().from_select(into, copied))
    made = (
        sa.select(sa.func.max(HANDOVERS.c.id))
        .where(
            HANDOVERS.c.placement_id == REQUESTS.c.placement_id,
            HANDOVERS.c.wish == REQUESTS.c.wish,
            HANDOVERS.c.released_at == REQUESTS.c.asked_at,
        )
        .scalar_subquery()
    )
    op.execute(REQUESTS.update().where(standing).values(handover_id=made))


def downgrade() -> None:
    op.execute(HANDOVERS.delete().where(HANDOVERS.c.wish != ""))
    with op.batch_alter_table("support_requests") as table:
        table.drop_constraint(op.f("fk_support_requests_handover_id_handovers"), type_="foreignkey")
        table.drop_column("handover_id")
    op.drop_column("handovers", "until")
    op.drop_column("handovers", "wish")
