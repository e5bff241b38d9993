"""the note's sections

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "the_notes_sections"
down_revision: str | None = "the_list_of_two"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def added() -> list[tuple[str, sa.Column]]:
    short, none = sa.String(length=40), sa.Integer()
    return [
        (
            "items",
            sa.Column(
                "section",
                sa.String(length=32),
                server_default="talked_about",
                nullable=False,
                comment="domain/sections.Section",
            ),
        ),
        (
            "items",
            sa.Column(
                "said_by", short, server_default="", nullable=False, comment="whose words it quotes"
            ),
        ),
        ("items", sa.Column("said_on", sa.Date(), nullable=True)),
        ("items", sa.Column("chat_id", none, nullable=True, comment="the chat it was taken from")),
        ("promises", sa.Column("item_id", none, nullable=True, comment="the agreement in a note")),
        (
            "promises",
            sa.Column(
                "owner",
                short,
                server_default="",
                nullable=False,
                comment="whose task; empty: the caseworker's",
            ),
        ),
        (
            "promises",
            sa.Column(
                "missed_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="said not to have been kept (S46)",
            ),
        ),
        (
            "requests",
            sa.Column(
                "tag",
                sa.String(length=16),
                server_default="request",
                nullable=False,
                comment="domain/sections.Tag",
            ),
        ),
        (
            "requests",
            sa.Column("item_id", none, nullable=True, comment="the line of the note it stands in"),
        ),
        ("drafts", sa.Column("revision", none, server_default="0", nullable=False)),
    ]


def upgrade() -> None:
    for table, column in added():
        op.add_column(table, column)
    for table in ("promises", "requests"):
        op.create_index(op.f(f"ix_{table}_item_id"), table, ["item_id"])
    op.create_table(
        "place_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["wording_id"],
            ["wordings.id"],
            op.f("fk_place_reviews_wording_id_wordings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            op.f("fk_place_reviews_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_reviews")),
        sa.UniqueConstraint("wording_id", name=op.f("uq_place_reviews_wording_id")),
    )
    op.create_index(op.f("ix_place_reviews_account_id"), "place_reviews", ["account_id"])


def downgrade() -> None:
    op.drop_table("place_reviews")
    for table in ("promises", "requests"):
        op.drop_index(op.f(f"ix_{table}_item_id"), table)
    for table, column in added():
        op.drop_column(table, column.name)
