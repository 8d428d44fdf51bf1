"""The app: the only place where its parts are wired together."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from app import health
from app.access.doorkeeper import Doorkeeper
from app.access.runtime import Runtime
from app.access.tokens import AccessTokens
from app.core.body_limits import BodyLimits
from app.core.client_address import ClientAddresses
from app.core.db import Database
from app.core.docs import install_docs
from app.core.documents.print_shop import PrintShop
from app.core.edge import install_edge
from app.core.keys import secret_key, signing_key
from app.core.metrics import Metrics
from app.core.openapi import Api
from app.core.passwords import Passwords
from app.core.principal_throttle import PrincipalThrottle
from app.core.problems import install_problem_handlers
from app.core.signed_links import SignedLinks
from app.core.storage_places import open_storage
from app.core.throttle import Throttle
from app.core.throttle_policy import Policy
from app.core.tokens import TokenMint
from app.dispatcher.assembly import make_engine, make_renderer, make_transport
from app.dispatcher.engine import Engine
from app.dispatcher.lifecycle import running_worker
from app.dispatcher.wake import Waker
from app.embedded.mailbox import Mailbox
from app.embedded.mailbox_viewer import mailbox_router
from app.features.accounts.public import router as auth
from app.features.accounts.router import router as me
from app.features.appointments.portal import router as portal_appointments
from app.features.appointments.router import router as appointments
from app.features.appointments.slot_portal import router as portal_slots
from app.features.appointments.slot_router import router as slots
from app.features.assignments.portal import router as portal_assignments
from app.features.assignments.router import router as assignments
from app.features.availability.schedule_router import router as schedules
from app.features.availability.type_router import router as appointment_types
from app.features.calendars.external_router import router as external_calendars
from app.features.calendars.portal import router as own_calendar_feeds
from app.features.calendars.public import router as public_calendars
from app.features.calendars.router import router as calendar_feeds
from app.features.comments.portal import client_routers as portal_comments
from app.features.comments.router import team_routers as comments
from app.features.contacts.router import router as contacts
from app.features.contract_templates.router import router as contract_templates
from app.features.custom_fields.router import router as custom_fields
from app.features.files.downloads import router as downloads
from app.features.files.portal import router as portal_files
from app.features.files.portal_downloads import router as portal_downloads
from app.features.files.public import router as public_files
from app.features.files.router import router as files
from app.features.forms.router import router as forms
from app.features.goals.portal import router as portal_goals
from app.features.goals.router import router as goals
from app.features.goals.step_portal import router as portal_goal_steps
from app.features.goals.step_router import router as goal_steps
from app.features.images.public import router as public_images
from app.features.images.router import router as images
from app.features.invites.batch_router import router as invite_batches
from app.features.invites.public import router as public_invites
from app.features.invites.router import router as invites
from app.features.invoices.money_router import router as invoice_money
from app.features.invoices.portal import router as portal_invoices
from app.features.invoices.router import router as invoices
from app.features.members.invite_router import router as member_invites
from app.features.members.public import router as public_member_invites
from app.features.members.router import router as members
from app.features.notes.portal import router as portal_notes
from app.features.notes.router import router as notes
from app.features.notifications.router import emails, events
from app.features.preferences.public import router as public_unsubscribe
from app.features.preferences.router import router as preferences
from app.features.profile.portal import router as portal_coach
from app.features.profile.router import router as profile
from app.features.programs.credit_router import router as credits_of_enrollments
from app.features.programs.enrollment_router import into_program
from app.features.programs.enrollment_router import router as enrollments
from app.features.programs.portal import router as portal_enrollments
from app.features.programs.public import links as sign_up_links
from app.features.programs.public import pages as program_pages
from app.features.programs.router import router as programs
from app.features.workspace.router import router as workspace
from app.settings import Settings, load_settings
from app.workflows.onboarding import ProgramOnboarding

ROUTERS = (
    auth,
    me,
    contacts,
    custom_fields,
    invites,
    invite_batches,
    public_invites,
    emails,
    events,
    preferences,
    public_unsubscribe,
    member_invites,
    members,
    public_member_invites,
    workspace,
    profile,
    portal_coach,
    images,
    public_images,
    schedules,
    appointment_types,
    external_calendars,
    calendar_feeds,
    own_calendar_feeds,
    public_calendars,
    slots,
    portal_slots,
    appointments,
    portal_appointments,
    programs,
    into_program,
    enrollments,
    credits_of_enrollments,
    portal_enrollments,
    program_pages,
    sign_up_links,
    notes,
    portal_notes,
    *comments(),
    *portal_comments(),
    assignments,
    portal_assignments,
    goals,
    goal_steps,
    portal_goals,
    portal_goal_steps,
    contract_templates,
    forms,
    invoices,
    invoice_money,
    portal_invoices,
    files,
    downloads,
    portal_files,
    portal_downloads,
    public_files,
    health.router,
)

TAGS = {
    "accounts": "One login for any number of practices. What is done here is done once anyway, and "
    "never kept: an Idempotency-Key has no effect.",
    "contacts": "People in the practice's CRM.",
    "custom fields": "The practice's own fields of a contact.",
    "portal invites": "Ways into the portal: one by one, or by the thousand.",
    "emails": "What was written to whom, and what became of it.",
    "events": "All that happened: the log that integrations follow.",
    "notifications": "What people are told, inside the app and by mail, and how they like it.",
    "members": "The practice's team, and invitations to it.",
    "workspace": "The practice itself: its name, looks, mail and invoices.",
    "profile": "What a coach shows of themselves to clients, field by field.",
    "images": "Pictures anybody may see: a logo, a portrait.",
    "schedules": "When coaches work: weekly hours, and the dates that differ.",
    "calendars": "Calendars elsewhere: what coaches keep in others, and feeds of what is booked.",
    "appointment types": "What coaches offer for booking, and on which terms.",
    "slots": "Free times, and why a time is or isn't one.",
    "appointments": "Meetings: booked by either side, moved, cancelled, looked back on.",
    "programs": "What the practice offers, and what each offer grants.",
    "program pages": "What anybody sees of a program, and how they come in by themselves.",
    "enrollments": "Clients' runs through programs: from the invitation to the last session.",
    "notes": "What either side writes down, for itself or for both.",
    "comments": "What both sides say about the things they share.",
    "assignments": "What clients do between sessions, hand in, and try again.",
    "goals": "What clients want to reach, step by step, and how far they have come.",
    "contract templates": "Texts that contracts are made from, with variables and places to sign.",
    "forms": "What the practice asks of its clients: forms, their versions, and the answers.",
    "files": "What either side uploads, keeps in versions, and shows to the other.",
    "health": "For load balancers and Prometheus.",
    "invoices": "What clients are asked to pay, what they paid, and what went back.",
}

UPLOADS = re.compile(r"/v1/(portal/)?files(/[^/]+/versions)?")
"""Where files come in."""

FORM_AROUND_FILE = 65_536
"""Bytes that a multipart form may add to its file."""

DISPATCHER_CONNECTIONS = 4

PRINCIPAL_POLICY = Policy(name="principal", limit=1200, per_seconds=60)
"""What one person, or one integration, may ask of us."""


def create_app(
    settings: Settings | None = None,
    *,
    database: Database | None = None,
    print_shop: PrintShop | None = None,
) -> FastAPI:
    """The ASGI app; `uvicorn --factory app.main:create_app` reads settings from the environment.

    Without `database` one is connected from the settings, which must then name its URL.
    """
    settings = settings or load_settings()
    runtime = make_runtime(settings, database, print_shop=print_shop)
    app = Api(
        title="Atrium",
        summary="The client portal API for coaches.",
        version="1",
        tags=TAGS,
        lifespan=lifespan,
    )
    app.state.runtime = runtime
    app.state.database = runtime.database
    app.state.renderer = make_renderer(settings, runtime.mint)
    install_problem_handlers(app)
    install_edge(
        app,
        metrics=runtime.metrics,
        cors_origins=settings.cors_origins,
        body_limits=BodyLimits(larger=[(UPLOADS, settings.file_size_limit + FORM_AROUND_FILE)]),
        access_log=settings.access_log,
    )
    install_docs(app)
    app.serve(*ROUTERS)
    if settings.smtp_url is None:
        app.serve(mailbox_router(Mailbox(settings.data_dir / "mail")))
    return app


def make_runtime(
    settings: Settings,
    database: Database | None = None,
    *,
    print_shop: PrintShop | None = None,
) -> Runtime:
    """The parts of one app, with the database the settings name unless another is given."""
    database = database or _connect(settings, size=settings.database_pool)
    tokens = AccessTokens(signing_key(settings))
    throttle = Throttle(database, enabled=settings.rate_limits)
    return Runtime(
        settings=settings,
        database=database,
        mint=TokenMint(secret_key(settings)),
        access_tokens=tokens,
        doorkeeper=Doorkeeper(tokens, database),
        passwords=Passwords(),
        throttle=throttle,
        principals=PrincipalThrottle(throttle, PRINCIPAL_POLICY),
        addresses=ClientAddresses(settings.trusted_proxies),
        metrics=Metrics(),
        storage=open_storage(settings),
        links=SignedLinks(secret_key(settings)),
        onboarding=ProgramOnboarding(),
        print_shop=print_shop or PrintShop(extra_fonts=settings.font_dir),
    )


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Pass on news of work, run the dispatcher if settings say so; close connections at last."""
    runtime: Runtime = app.state.runtime
    async with AsyncExitStack() as stack:
        stack.push_async_callback(runtime.database.close)
        stack.push_async_callback(runtime.print_shop.close)
        waker = Waker(str(runtime.settings.database_url))
        await stack.enter_async_context(waker.running())
        runtime.database.on_work = waker.announce
        if runtime.settings.worker == "embedded":
            engine = await stack.enter_async_context(dispatcher_of(runtime))
            await stack.enter_async_context(running_worker(engine, waker=waker))
        yield


@asynccontextmanager
async def dispatcher_of(runtime: Runtime) -> AsyncIterator[Engine]:
    """The dispatcher's engine, with connections of its own: mail never waits for requests."""
    database = _connect(runtime.settings, size=DISPATCHER_CONNECTIONS, fresh_plans=True)
    transport = make_transport(runtime.settings)
    try:
        yield make_engine(
            database,
            renderer=make_renderer(runtime.settings, runtime.mint),
            transport=transport,
            settings=runtime.settings,
            registry=runtime.metrics.registry,
        )
    finally:
        await transport.close()
        await database.close()


def _connect(settings: Settings, *, size: int, fresh_plans: bool = False) -> Database:
    return Database.connect(
        str(settings.database_url),
        size=size,
        row_level_security=settings.row_level_security,
        fresh_plans=fresh_plans,
    )
