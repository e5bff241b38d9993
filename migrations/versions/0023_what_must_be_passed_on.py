"""what must be passed on, by whose list, and who was the second person

Before you write this migration: it runs at start, under a lock, on the only copy of somebody's
conversation. Keep it short. Add a column as nullable or with a server default, fill it in steps,
and drop nothing that the version before still reads. Try it on a copy with `upgrade` and
`downgrade`; tests/test_migrations.py does both and compares with the tables.

The list that comes with the program (domain pack 5.5) is the first one, in nobody's name: the
municipality sets its own. Whoever opened the first account looks after it until they hand it on.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "what_must_be_passed_on"
down_revision: str | None = "what_went_to_the_case_system"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STEPS = ("against_a_no", "hiding", "concern")
CAME_WITH_IT = datetime(2026, 11, 29, tzinfo=UTC)
URGENT = (
    "Fare for liv eller helbred lige nu",
    "Vold, overgreb, omsorgssvigt eller æresrelateret kontrol",
    "Fare for et andet barn",
    "Alvorlig kriminalitet, der er i gang",
)
CAN_WAIT = (
    "Noget i hverdagen, hjemmet skal vide for helbred eller sikkerhed",
    "Det, loven ellers kræver, at vi giver videre",
)


def upgrade() -> None:
    lists = op.create_table(
        "pass_on_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True, comment="who typed it in"),
        sa.Column("approved_by", sa.String(length=60), nullable=False),
        sa.Column("approved_post", sa.String(length=60), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="in force from then until the next one",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            op.f("fk_pass_on_lists_account_id_accounts"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass_on_lists")),
    )
    entries = op.create_table(
        "pass_on_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["pass_on_lists.id"],
            op.f("fk_pass_on_entries_list_id_pass_on_lists"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass_on_entries")),
    )
    op.create_index(op.f("ix_pass_on_entries_list_id"), "pass_on_entries", ["list_id"])
    _seconded()
    op.add_column(
        "items",
        sa.Column(
            "entry_id",
            sa.Integer(),
            nullable=True,
            comment="by which line of the pass-on list",
        ),
    )
    op.add_column(
        "told",
        sa.Column(
            "spoken_to",
            sa.String(length=60),
            server_default="",
            nullable=False,
            comment="who answered the telephone",
        ),
    )
    op.add_column(
        "accounts",
        sa.Column(
            "keeps_list",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="may set what must be passed on",
        ),
    )
    op.execute(
        "UPDATE accounts SET keeps_list = true WHERE id = "
        "(SELECT min(id) FROM accounts WHERE closed_at IS NULL)"
    )
    op.bulk_insert(lists, [{"approved_by": "", "approved_post": "", "at": CAME_WITH_IT}])
    for words in URGENT + CAN_WAIT:
        urgent = sa.true() if words in URGENT else sa.false()
        line = sa.select(lists.c.id, sa.literal_column(f"'{words}'"), urgent)
        op.execute(entries.insert().from_select(["list_id", "words", "urgent"], line))


def _seconded() -> None:
    op.create_table(
        "seconded",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(*STEPS, name="step", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "subject",
            sa.Integer(),
            nullable=False,
            comment="the item, the request or the meeting",
        ),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                op.f(f"fk_seconded_{column}_{table}"),
                ondelete="CASCADE",
            )
            for column, table in (
                ("meeting_id", "meetings"),
                ("account_id", "accounts"),
                ("second_id", "accounts"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seconded")),
    )
    for column in ("meeting_id", "account_id", "second_id"):
        op.create_index(op.f(f"ix_seconded_{column}"), "seconded", [column])


def downgrade() -> None:
    op.drop_column("accounts", "keeps_list")
    op.drop_column("told", "spoken_to")
    op.drop_column("items", "entry_id")
    for table in ("seconded", "pass_on_entries", "pass_on_lists"):
        op.drop_table(table)
