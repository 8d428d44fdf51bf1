"""Many templates of contracts."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import ContractTemplate
from tests.make import Person


async def templates(session: AsyncSession, owner: Person, _: UUID | None, numbers: range) -> None:
    for n in numbers:
        text = {"name": f"Terms {n}", "body": "Agreed."}
        session.add(ContractTemplate(workspace_id=owner.workspace_id, **text))


CONTRACT_TEMPLATE_CROWDS = {"list_contract_templates": templates}
