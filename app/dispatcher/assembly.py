"""Atrium's own engine: which kinds of jobs there are, and what does them."""

from prometheus_client import CollectorRegistry

from app.core.db import Database
from app.core.documents.print_shop import PrintShop
from app.core.events import FANOUT
from app.core.outbound import Outbound
from app.core.statistics import REFRESH_STATISTICS, refresh_statistics
from app.core.storage_places import open_storage
from app.core.tokens import TokenMint
from app.dispatcher.appointment_jobs import appointment_handlers
from app.dispatcher.assignment_jobs import assignment_handlers
from app.dispatcher.calendar_syncs import CALENDARS_AT_ONCE, CalendarSyncs
from app.dispatcher.comment_letters import CommentLetters
from app.dispatcher.contract_seals import SEALS_AT_ONCE
from app.dispatcher.contract_work import CONTRACT_TIMEOUTS, contract_effects, contract_handlers
from app.dispatcher.delivery import LetterDelivery
from app.dispatcher.digests import Digests
from app.dispatcher.engine import Engine
from app.dispatcher.file_work import FILE_TIMEOUTS, file_effects, file_sweep
from app.dispatcher.form_jobs import form_handlers
from app.dispatcher.goal_jobs import goal_handlers
from app.dispatcher.invoice_work import invoice_effects, invoice_handlers
from app.dispatcher.metrics import JobMetrics
from app.dispatcher.payment_work import payment_effects, payment_handlers
from app.dispatcher.planning import Planner
from app.dispatcher.posting import Posting
from app.dispatcher.practice_sweeps import (
    credit_expiry,
    forgotten_sign_ups,
    old_notifications,
    old_provider_events,
)
from app.dispatcher.relay import relay_from_url
from app.dispatcher.rendering import Renderer
from app.dispatcher.retention import RETENTION
from app.dispatcher.shelf import LetterShelf
from app.dispatcher.transports import MailboxTransport, SmtpTransport, Transport
from app.features.calendars.feed_reading import FeedReader
from app.features.calendars.jobs import SYNC_CALENDAR
from app.features.calendars.syncing import CalendarReader
from app.features.comments.mailing import MAIL_COMMENTS
from app.features.contracts.jobs import SEAL
from app.features.payments.cashiers import Cashiers
from app.features.preferences.timing import SEND_DIGEST
from app.repositories.outgoing import SEND_EMAIL
from app.settings import Settings

JOBS_AT_ONCE = 64
"""In one process: so many mails can go out twice when it is killed, and batches are as large."""


def make_renderer(settings: Settings, mint: TokenMint) -> Renderer:
    """The renderer of this install's letters."""
    return Renderer(mint, portal_url=settings.portal_url, api_url=settings.api_url)


def make_shelf(settings: Settings, mint: TokenMint) -> LetterShelf:
    """The letters practices may word themselves."""
    return LetterShelf(mint, portal_url=settings.portal_url, api_url=settings.api_url)


def make_transport(settings: Settings) -> Transport:
    """The mail server the settings name, else the mailbox under the data directory."""
    if settings.smtp_url:
        relay = relay_from_url(settings.smtp_url)
        return SmtpTransport(relay, pool_size=settings.smtp_connections)
    return MailboxTransport(settings.data_dir / "mail")


def make_engine(
    database: Database,
    *,
    renderer: Renderer,
    transport: Transport,
    settings: Settings,
    mint: TokenMint,
    print_shop: PrintShop,
    registry: CollectorRegistry | None = None,
    outbound: Outbound | None = None,
) -> Engine:
    """An engine that plans letters, sends them, reads calendars; run it by a worker, or `drain` it.

    Its figures go to `registry`, where one is given. `outbound` is for tests, whose servers are
    on this machine.
    """
    outbound = outbound or Outbound()
    calendars = CalendarReader(outbound, FeedReader())
    storage = open_storage(settings)
    delivery = LetterDelivery(
        database,
        renderer=renderer,
        transport=transport,
        storage=storage,
        mail_from=settings.mail_from,
    )
    posting = Posting()
    engine = Engine(
        database,
        handlers={
            FANOUT: Planner(database, posting),
            MAIL_COMMENTS: CommentLetters(database, posting),
            SEND_DIGEST: Digests(database),
            REFRESH_STATISTICS: refresh_statistics,
            **appointment_handlers(database),
            **assignment_handlers(database),
            **contract_handlers(database),
            **form_handlers(database),
            **goal_handlers(database),
            **invoice_handlers(database),
            **payment_handlers(database),
        },
        effects={
            SEND_EMAIL: delivery,
            SYNC_CALENDAR: CalendarSyncs(database, calendars),
            **contract_effects(
                database,
                settings,
                storage=storage,
                shop=print_shop,
                mint=mint,
                outbound=outbound,
            ),
            **file_effects(database, storage, settings),
            **invoice_effects(
                database, storage=storage, shop=print_shop, portal_url=settings.portal_url
            ),
            **payment_effects(database, Cashiers(settings)),
        },
        sweeps=(
            RETENTION,
            credit_expiry(database),
            forgotten_sign_ups(database),
            old_notifications(database),
            old_provider_events(database),
            file_sweep(database),
        ),
        timeouts={**FILE_TIMEOUTS, **CONTRACT_TIMEOUTS},
        concurrency=JOBS_AT_ONCE,
        metrics=JobMetrics(registry or CollectorRegistry()),
    )
    engine.hold_back(SYNC_CALENDAR, at_most=CALENDARS_AT_ONCE)
    engine.hold_back(SEAL, at_most=SEALS_AT_ONCE)
    return engine
