"""what protects a young person: decisions, the register, the emergency card, promises

Columns are added one by one and never by making a table anew: dropping the old one would take
along every row that belongs to it.

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "what_protects"
down_revision: str | None = "codes_said_by_voice"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "restrictions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "protected_address",
                "contact_suspended",
                name="restrictionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("whom", sa.String(length=80), nullable=False, comment="whom it holds away"),
        sa.Column("until", sa.Date(), nullable=True, comment="its last day"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind != 'contact_suspended' OR (whom != '' AND until IS NOT NULL)",
            name=op.f("ck_restrictions_a_suspension_names_somebody_and_ends"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_restrictions_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["young_person_id"],
            ["young_people.id"],
            name=op.f("fk_restrictions_young_person_id_young_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restrictions")),
    )
    op.create_index(
        op.f("ix_restrictions_account_id"), "restrictions", ["account_id"], unique=False
    )
    op.create_index(
        op.f("ix_restrictions_young_person_id"), "restrictions", ["young_person_id"], unique=False
    )

    op.create_table(
        "emergency_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False, comment="empty: not known"),
        sa.Column("leader", sa.String(length=60), nullable=False),
        sa.Column("leader_phone", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_emergency_cards_meeting_id_meetings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_cards")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_emergency_cards_meeting_id")),
    )

    op.create_table(
        "promises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "promise",
                "call_back",
                "parents",
                name="promisekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_promises_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_promises_meeting_id_meetings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["young_person_id"],
            ["young_people.id"],
            name=op.f("fk_promises_young_person_id_young_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index(op.f("ix_promises_account_id"), "promises", ["account_id"], unique=False)
    op.create_index(op.f("ix_promises_meeting_id"), "promises", ["meeting_id"], unique=False)
    op.create_index(
        op.f("ix_promises_young_person_id"), "promises", ["young_person_id"], unique=False
    )

    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "bisidder",
                "contact",
                "other",
                name="decisionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("whom", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="the ground, for the file"),
        sa.Column("words", sa.Text(), nullable=False, comment="what the young person reads"),
        sa.Column(
            "guidance",
            sa.Enum(
                "spoken",
                "written",
                name="guidance",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "seen_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="the young person opened it",
        ),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_decisions_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_decisions_meeting_id_meetings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seats.id"], name=op.f("fk_decisions_seat_id_seats"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["young_person_id"],
            ["young_people.id"],
            name=op.f("fk_decisions_young_person_id_young_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_account_id"), "decisions", ["account_id"], unique=False)
    op.create_index(op.f("ix_decisions_meeting_id"), "decisions", ["meeting_id"], unique=False)
    op.create_index(
        op.f("ix_decisions_young_person_id"), "decisions", ["young_person_id"], unique=False
    )

    op.add_column(
        "meetings",
        sa.Column(
            "frame_said_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="the opening words (S33)",
        ),
    )
    op.add_column(
        "young_people", sa.Column("last_seen_on", sa.Date(), nullable=True, comment="met in person")
    )
    op.add_column(
        "young_people",
        sa.Column("next_visit_on", sa.Date(), nullable=True, comment="the next supervision visit"),
    )


def downgrade() -> None:
    op.drop_column("young_people", "next_visit_on")
    op.drop_column("young_people", "last_seen_on")
    op.drop_column("meetings", "frame_said_at")
    op.drop_table("decisions")
    op.drop_table("promises")
    op.drop_table("emergency_cards")
    op.drop_table("restrictions")
