"""Leaving a group of letters by the one click in any of them (RFC 8058), and coming back."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.runtime import Runtime
from app.core.errors import NotFound
from app.core.tokens import InvalidToken
from app.features.preferences.catalogue import GROUPS, TOPICS
from app.features.preferences.choosing import rule_of
from app.features.preferences.leaving import (
    DAILY_DIGEST,
    PREFERENCES_PAGE,
    group_in_words,
    still_coming,
)
from app.features.preferences.schemas_unsubscribing import UnsubscribeOut
from app.features.preferences.unsubscribe_tokens import Subscription, subscription_in
from app.repositories.inboxes import Holder
from app.repositories.letters import practices
from app.repositories.wishes import InboxRepository, Wishes


async def look_up(runtime: Runtime, token: str) -> UnsubscribeOut:
    """What the click would do; changes nothing. Raises InvalidToken (404)."""
    subscription = _subscription(runtime, token)
    async with runtime.database.reading(subscription.workspace_id) as session:
        inbox = _inbox(session, subscription)
        return await _answer(runtime, inbox, subscription.group, await _wishes(inbox))


async def unsubscribe(runtime: Runtime, token: str) -> UnsubscribeOut:
    """Switch the group off; a second time changes nothing. Raises InvalidToken (404)."""
    subscription = _subscription(runtime, token)
    group, side = subscription.group, subscription.side
    async with runtime.database.writing(subscription.workspace_id) as session:
        inbox = _inbox(session, subscription)
        await _wishes(inbox)
        row = await inbox.locked()
        ending = still_coming(group, row.choices, side)
        if ending:
            row.choices = {**row.choices, **dict.fromkeys(ending, "off")}
            row.set_aside = {**row.set_aside, group: ending}
            await session.flush()
        return await _answer(runtime, inbox, group, await _wishes(inbox))


async def undo(runtime: Runtime, token: str) -> UnsubscribeOut:
    """Choose again what was chosen before the click. Raises InvalidToken (404)."""
    subscription = _subscription(runtime, token)
    group, side = subscription.group, subscription.side
    async with runtime.database.writing(subscription.workspace_id) as session:
        inbox = _inbox(session, subscription)
        await _wishes(inbox)
        row = await inbox.locked()
        before = row.set_aside.get(group, {})
        back = {name: choice for name, choice in before.items() if rule_of(name, side)}
        row.choices = {**row.choices, **back}
        row.set_aside = {name: kept for name, kept in row.set_aside.items() if name != group}
        await session.flush()
        return await _answer(runtime, inbox, group, await _wishes(inbox))


def _subscription(runtime: Runtime, token: str) -> Subscription:
    """What the link names, if letters of that group are still written."""
    subscription = subscription_in(runtime.mint, token)
    if subscription.group not in {*GROUPS, DAILY_DIGEST}:
        raise InvalidToken
    return subscription


def _inbox(session: AsyncSession, subscription: Subscription) -> InboxRepository:
    inbox_id: UUID = subscription.inbox_id
    is_client = subscription.side == "client"
    holder = Holder(
        id=inbox_id,
        contact_id=inbox_id if is_client else None,
        member_id=None if is_client else inbox_id,
    )
    return InboxRepository(session, subscription.workspace_id, holder)


async def _wishes(inbox: InboxRepository) -> Wishes:
    """What the person chose; a link of somebody who is not here any longer is no link."""
    try:
        return await inbox.wishes()
    except NotFound:
        raise InvalidToken from None


async def _answer(
    runtime: Runtime, inbox: InboxRepository, group: str, wishes: Wishes
) -> UnsubscribeOut:
    looks = await practices(inbox.session, [inbox.workspace_id])
    practice = looks[inbox.workspace_id]
    coming = still_coming(group, wishes.choices, inbox.side)
    portal = (practice.portal_url or runtime.settings.portal_url).rstrip("/")
    return UnsubscribeOut.model_construct(
        practice=practice.name,
        group=group,
        label=group_in_words(group),
        subscribed=bool(coming),
        letters=[TOPICS[name].label for name in coming],
        undoable=bool(wishes.set_aside.get(group)),
        preferences_url=portal + PREFERENCES_PAGE,
    )
