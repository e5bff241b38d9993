"""incidents, and forgetting more than answers

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.

Meetings of which all was forgotten have rows now that nothing forgot: their jobs look once more.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "incidents"
down_revision: str | None = "who_interprets"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SAME = ("kind", "subject", "happened_at")
OWNERS = ("meeting", "account")
KINDS = ("wrong_person", "others_out", "heard", "guessed")
DONE = ("new_link", "called", "passed_on", "looked_at")


def upgrade() -> None:
    op.create_table(
        "incident_ticks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", word("incidentkind", KINDS), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False, comment="the row it was read from"),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", word("done", DONE), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{owner}_id"],
                [f"{owner}s.id"],
                op.f(f"fk_incident_ticks_{owner}_id_{owner}s"),
                ondelete="CASCADE",
            )
            for owner in OWNERS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_ticks")),
        sa.UniqueConstraint(
            "kind",
            "subject",
            "happened_at",
            name=op.f("uq_incident_ticks_kind_subject_happened_at"),
        ),
    )
    for owner in OWNERS:
        op.create_index(op.f(f"ix_incident_ticks_{owner}_id"), "incident_ticks", [f"{owner}_id"])
    op.execute("UPDATE jobs SET done_at = NULL, leased_until = NULL WHERE kind = 'forget'")


def downgrade() -> None:
    op.drop_table("incident_ticks")


def word(name: str, known: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=32)
