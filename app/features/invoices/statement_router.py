"""Statements of account: the coach's of each contact, and the client's own."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.access.callers import ClientsOnly, CurrentClient
from app.access.paths import ContactInPath
from app.access.sessions import TenantSession
from app.core.strict_route import api_router
from app.features.invoices.paths import Reader
from app.features.invoices.schemas_statements import StatementOut, StatementQuery
from app.features.invoices.statements import StatementCsv, as_csv, statement_of

router = api_router("/v1/contacts/{contact_id}", "invoices")
portal_statement = api_router("/v1/portal/statement", "invoices")

Asked = Annotated[StatementQuery, Query()]


@router.get("/statement")
async def get_statement(
    query: Asked, _: Reader, contact: ContactInPath, session: TenantSession
) -> StatementOut:
    """What a contact was asked for, paid and got back, and what was owed after each."""
    return await statement_of(session, contact.workspace_id, contact.id, query)


@router.get("/statement.csv", response_class=StatementCsv)
async def get_statement_csv(
    query: Asked, _: Reader, contact: ContactInPath, session: TenantSession
) -> StatementCsv:
    """The same as a table."""
    return as_csv(await statement_of(session, contact.workspace_id, contact.id, query))


@portal_statement.get("")
async def get_portal_statement(
    query: Asked, client: CurrentClient, session: TenantSession
) -> StatementOut:
    """What one was asked for, paid and got back, and what was owed after each."""
    return await statement_of(session, client.workspace_id, _own(client.contact_id), query)


def _own(contact_id: UUID | None) -> UUID:
    if contact_id is None:
        raise ClientsOnly
    return contact_id
