"""Where printed papers are kept: noted once."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import CreditNote, Invoice


async def keep_pdf(
    session: AsyncSession,
    model: type[Invoice] | type[CreditNote],
    workspace_id: UUID,
    row_id: UUID,
    key: str,
) -> str:
    """Note the key of a row's paper unless it has one; the key it has now."""
    own = (model.workspace_id == workspace_id, model.id == row_id)
    table = model.__table__
    kept = {"pdf_key": key, **({"updated_at": table.c.updated_at} if model is Invoice else {})}
    await session.execute(
        update(model)
        .where(*own, model.pdf_key.is_(None))
        .values(kept)
        .execution_options(synchronize_session=False)
    )
    return await session.scalar(select(model.pdf_key).where(*own)) or key
