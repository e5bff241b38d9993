"""what went to the case system

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "what_went_to_the_case_system"
down_revision: str | None = "receipts"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWNERS = ("meeting", "account")


def upgrade() -> None:
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "mark",
            sa.String(length=16),
            nullable=False,
            comment="the meeting's own in every name",
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        text("content", 64, "SHA-256 of what the note said"),
        text("pdf_sha256", 64),
        text("json_sha256", 64),
        text("waits_as", 64, "the folder it waits in to be let go"),
        sa.Column(
            "ready_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="all of it waits on the disk",
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [f"{owner}_id"],
                [f"{owner}s.id"],
                op.f(f"fk_exports_{owner}_id_{owner}s"),
                ondelete="CASCADE",
            )
            for owner in OWNERS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
        sa.UniqueConstraint("meeting_id", "version", name=op.f("uq_exports_meeting_id_version")),
    )
    for owner in OWNERS:
        op.create_index(op.f(f"ix_exports_{owner}_id"), "exports", [f"{owner}_id"])


def downgrade() -> None:
    op.execute("DELETE FROM jobs WHERE kind = 'export'")
    op.drop_table("exports")


def text(name: str, length: int, comment: str | None = None) -> sa.Column[str]:
    return sa.Column(
        name, sa.String(length=length), server_default="", nullable=False, comment=comment
    )
