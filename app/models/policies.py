"""Row-level security: the second fence around each practice's rows.

The policies are part of the schema and sleep until `atrium db row-level-security on` enables
and forces them; from then on ATRIUM_ROW_LEVEL_SECURITY must be true for every process.
"""

from app.models.base import GLOBAL_TABLES, LOCAL_TABLES, Base

CURRENT_WORKSPACE = "nullif(current_setting('app.workspace_id', true), '')::uuid"


def tenant_tables() -> list[str]:
    """The tables whose rows belong to one practice each."""
    return sorted(set(Base.metadata.tables) - GLOBAL_TABLES - LOCAL_TABLES)


def create_policy(table: str) -> str:
    """SQL for a tenant table's policy: only rows of the transaction's workspace exist."""
    return f"CREATE POLICY {table}_tenant ON {table} USING (workspace_id = {CURRENT_WORKSPACE})"


def enforce_policies() -> list[str]:
    """SQL that switches the policies on, for the tables' owner too."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
        for table in tenant_tables()
    ]


def lift_policies() -> list[str]:
    """SQL that switches the policies off."""
    return [
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY"
        for table in tenant_tables()
    ]
