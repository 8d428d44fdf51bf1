"""A capability that comes later plugs its step into the list, and enrollments wait for it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import StepName
from app.core.events import SYSTEM
from app.features.programs.steps import AccountStep, ScheduleStep
from app.repositories.enrollment_cards import EnrollmentCard
from app.repositories.enrollments import EnrollmentRepository
from app.workflows.onboarding import ProgramOnboarding
from tests.features.programs.enrolling import enrolled, events
from tests.features.programs.offers import program, program_with_sessions
from tests.make import Make


class ContractStep:
    """A contract that is to be signed; `signed` are the enrollments that are."""

    name: StepName = "contract"
    required = True

    def __init__(self) -> None:
        self.begun: list[UUID] = []
        self.signed: set[UUID] = set()

    async def begin(
        self, _session: AsyncSession, _workspace_id: UUID, enrollment_ids: Sequence[UUID]
    ) -> None:
        self.begun += enrollment_ids

    async def outstanding(
        self, _session: AsyncSession, cards: Sequence[EnrollmentCard]
    ) -> frozenset[UUID]:
        return frozenset(card.id for card in cards) - self.signed


@pytest.fixture
def contract(app: FastAPI) -> Iterator[ContractStep]:
    """The app with one step more."""
    step, runtime = ContractStep(), app.state.runtime
    steps = (AccountStep(), step, ScheduleStep())
    app.state.runtime = replace(runtime, onboarding=ProgramOnboarding(steps))
    yield step
    app.state.runtime = runtime


async def test_an_accepted_enrollment_waits_for_the_step(make: Make, contract: ContractStep):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program_with_sessions(coach, 8, self_scheduling_enabled=True)
    enrollment = await enrolled(coach, made, client.contact_id)

    accepted = await client.http.post(f"/v1/portal/enrollments/{enrollment['id']}/accept")

    assert accepted.json()["status"] == "invited"
    assert accepted.json()["accepted_at"]
    assert accepted.json()["outstanding_steps"] == ["contract", "schedule"]
    assert contract.begun == [UUID(enrollment["id"])]
    [told] = await events(make, coach, "enrollment.signed_up")
    assert told["outstanding_steps"] == ["contract", "schedule"]
    assert await events(make, coach, "enrollment.activated") == []


async def test_it_begins_once_the_step_is_done(make: Make, contract: ContractStep):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program_with_sessions(coach, 8), client.contact_id)
    await client.http.post(f"/v1/portal/enrollments/{enrollment['id']}/accept")
    contract.signed.add(UUID(enrollment["id"]))

    for _ in range(2):
        async with make.runtime.database.writing(coach.workspace_id) as session:
            enrollments = EnrollmentRepository(session, coach.workspace_id)
            row = await enrollments.require(UUID(enrollment["id"]), lock=True)
            onboarding = ProgramOnboarding((AccountStep(), contract))
            await onboarding.advance(session, row, actor=SYSTEM)

    kept = (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json()
    assert kept["status"] == "active"
    assert kept["progress"]["sessions"]["granted"] == 8
    assert len(await events(make, coach, "enrollment.activated")) == 1


async def test_nobody_begins_who_has_not_said_yes(make: Make, contract: ContractStep):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)
    contract.signed.add(UUID(enrollment["id"]))

    async with make.runtime.database.writing(coach.workspace_id) as session:
        enrollments = EnrollmentRepository(session, coach.workspace_id)
        row = await enrollments.require(UUID(enrollment["id"]), lock=True)
        await ProgramOnboarding((contract,)).advance(session, row, actor=SYSTEM)

    kept = (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json()
    assert kept["status"] == "invited"


async def test_quick_start_prepares_the_steps_too(make: Make, contract: ContractStep):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program(coach, enrollment_mode="quick_start")

    enrollment = await enrolled(coach, made, client.contact_id)

    assert enrollment["status"] == "active"
    assert enrollment["outstanding_steps"] == ["contract"]
    assert contract.begun == [UUID(enrollment["id"])]
