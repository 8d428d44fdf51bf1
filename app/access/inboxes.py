"""The caller's own inbox in the practice they are signed in to."""

from typing import Annotated

from fastapi import Depends

from app.access.callers import CurrentPrincipal, PeopleOnly
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.repositories.inboxes import Holder
from app.repositories.wishes import InboxRepository


def holder_of(principal: Principal) -> Holder:
    """Whose inbox the caller's is. Raises PeopleOnly (403) for an API key."""
    holder_id = principal.contact_id or principal.member_id
    if holder_id is None:
        raise PeopleOnly
    return Holder(
        id=holder_id,
        contact_id=principal.contact_id,
        member_id=None if principal.contact_id else principal.member_id,
    )


async def inbox_repository(session: TenantSession, principal: CurrentPrincipal) -> InboxRepository:
    """The caller's own inbox."""
    return InboxRepository(session, principal.workspace_id, holder_of(principal))


OwnInbox = Annotated[InboxRepository, Depends(inbox_repository)]
