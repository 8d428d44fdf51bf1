"""Letters about comments: those written within a few minutes go into one."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.events import RecordedEvent
from app.core.letters import Letter
from app.dispatcher.addressing import Addressed
from app.dispatcher.posting import Posting
from app.dispatcher.work import ClaimedJob
from app.features.comments.emails import comments_written
from app.features.comments.mailing import News, take_news
from app.repositories.casting import load_cast
from app.repositories.casts import Cast, Unreachable
from app.repositories.event_log import recorded_events

log = structlog.get_logger(__name__)


class CommentLetters:
    """Handles `comments.mail` jobs: what is taken as mailed and the letter commit together."""

    def __init__(self, database: Database, posting: Posting) -> None:
        self._database = database
        self._posting = posting

    async def __call__(self, session: AsyncSession, job: ClaimedJob) -> None:
        """Write to one side what the other has said in one thread."""
        workspace_id = UUID(job.payload["workspace_id"])
        await self._database.enter(session, workspace_id)
        news = await take_news(session, job.payload)
        if news is None:
            return
        first = news.comments[0].event_id
        events = await recorded_events(session, workspace_id, [first])
        cast = await load_cast(session, events)
        addressed = [Addressed(events[0], one) for one in _letters(news, events[0], cast)]
        await self._posting.post(
            session, workspace_id, addressed, lane=job.lane, practice=cast.workspace.name
        )


def _letters(news: News, event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    try:
        return comments_written(news, event, cast)
    except Unreachable as reason:
        log.info("nobody_to_tell", event_type=event.type, reason=str(reason))
        return []
