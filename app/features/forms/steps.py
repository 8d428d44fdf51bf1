"""Forms on the way into a program: made once for each client, who is told in one letter."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import StepName
from app.core.events import SYSTEM, publish
from app.core.ids import new_id
from app.features.forms.response_events import FormSent
from app.features.forms.response_paths import Work
from app.models import FormResponse
from app.repositories.enrollment_cards import EnrollmentCard
from app.repositories.enrollments import EnrollmentRepository
from app.repositories.newcomers import add_once
from app.repositories.program_forms import AwaitedForm, awaited_forms


class FormsStep:
    """The client fills in the program's forms.

    One for programs that wait for it, and one for those that don't: `required`.
    """

    name: StepName = "forms"

    def __init__(self, *, required: bool) -> None:
        """Be the step of programs that wait for their forms, or of the others."""
        self.required = required

    async def begin(
        self, session: AsyncSession, workspace_id: UUID, enrollment_ids: Sequence[UUID]
    ) -> None:
        """Ask those whose program brings forms along for the latest version of each, once."""
        awaited = await awaited_forms(session, workspace_id, enrollment_ids, required=self.required)
        rows = [_row(workspace_id, one) for one in awaited]
        added = await add_once(session, FormResponse, rows)
        asked = [
            (one, row["id"]) for one, row in zip(awaited, rows, strict=True) if row["id"] in added
        ]
        await publish(session, *_events(workspace_id, asked))

    async def outstanding(
        self, _session: AsyncSession, cards: Sequence[EnrollmentCard]
    ) -> frozenset[UUID]:
        """Those who have yet to submit one, or to sign up and be asked."""
        own = (card for card in cards if card.program_forms_required == self.required)
        return frozenset(card.id for card in own if card.has_open_forms or _is_to_come(card))


def _is_to_come(card: EnrollmentCard) -> bool:
    waiting = card.status == "invited" and card.accepted_at is None
    return bool(waiting and card.program_brings_forms)


def _row(workspace_id: UUID, one: AwaitedForm) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "id": new_id(),
        "form_id": one.form_id,
        "version_id": one.version_id,
        "contact_id": one.contact_id,
        "enrollment_id": one.enrollment_id,
    }


def _events(workspace_id: UUID, asked: Sequence[tuple[AwaitedForm, UUID]]) -> list[FormSent]:
    """One for each form; the first of an enrollment tells of all."""
    events = []
    for _, forms in groupby(asked, key=_enrollment):
        together = list(forms)
        titles = tuple(form.title for form, _ in together)
        for position, (form, response_id) in enumerate(together):
            events.append(
                FormSent(
                    workspace_id=workspace_id,
                    actor=SYSTEM,
                    contact_id=form.contact_id,
                    subject_id=response_id,
                    form_id=form.form_id,
                    title=form.title,
                    program_name=form.program_name,
                    titles=titles,
                    told=position > 0,
                )
            )
    return events


def _enrollment(asked: tuple[AwaitedForm, UUID]) -> UUID:
    enrollment_id: UUID = asked[0].enrollment_id
    return enrollment_id


async def step_done(work: Work) -> None:
    """Let the enrollment that brought the form go on, if there is one and it waits for it."""
    response = work.response
    if response.enrollment_id is None:
        return
    enrollments = EnrollmentRepository(work.session, response.workspace_id)
    enrollment = await enrollments.require(response.enrollment_id, lock=True)
    await work.onboarding.advance(work.session, enrollment, actor=work.principal.actor)
