"""The caller's own account, whichever practice they are in."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Request, Response

from app.access.callers import CurrentCaller
from app.access.limits import per_address
from app.access.password_rules import WeakPassword
from app.access.personal import Me, PersonalSession
from app.access.runtime import RuntimeInApp
from app.core.errors import NotFound, VersionMismatch
from app.core.etags import IfMatch, check_version, etag
from app.core.http_errors import BodyTooLarge
from app.core.openapi_operations import KEYLESS
from app.core.paging import Page, PageQuery
from app.core.picture_bodies import PICTURE_ANSWER, PICTURE_BODY, PictureInBody
from app.core.pictures import PictureTooLarge, UnsupportedPicture
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.tokens import InvalidToken
from app.features.accounts import addresses, passwords, photos, profile, signing_out
from app.features.accounts.addresses import EmailTaken, EmailUnchanged
from app.features.accounts.limits import SIGN_INS
from app.features.accounts.mailed_tokens import TokenExpired, TokenUsed
from app.features.accounts.proving import PasswordRequired, WrongPassword
from app.features.accounts.schemas import (
    EmailChangeIn,
    MailedOut,
    MailedTokenIn,
    MeChangeIn,
    MeOut,
    PasswordChangeIn,
    SessionOut,
)

router = api_router("/v1/me", "accounts")

NOTHING_KEPT: dict[str, Any] = {KEYLESS: True}
"""Bodies with passwords leave no fingerprint behind."""


@router.get("")
async def get_me(
    me: Me, caller: CurrentCaller, session: PersonalSession, response: Response
) -> MeOut:
    response.headers["ETag"] = etag(me.version)
    return await profile.me_out(session, me, caller)


@router.patch("", responses=problems(VersionMismatch))
async def change_me(
    body: MeChangeIn,
    me: Me,
    caller: CurrentCaller,
    session: PersonalSession,
    response: Response,
    if_match: IfMatch = None,
) -> MeOut:
    check_version(me.version, if_match)
    changed = await profile.change_me(session, me, caller, body)
    response.headers["ETag"] = etag(changed.version)
    return changed


@router.get("/photo", response_class=Response, responses={**PICTURE_ANSWER, **problems(NotFound)})
async def get_my_photo(request: Request, me: Me, session: PersonalSession) -> Response:
    return await photos.photo_response(request, session, me)


@router.put(
    "/photo",
    status_code=204,
    openapi_extra=PICTURE_BODY,
    responses=problems(UnsupportedPicture, BodyTooLarge, PictureTooLarge),
)
async def put_my_photo(me: Me, session: PersonalSession, picture: PictureInBody) -> None:
    await photos.put_photo(session, me, picture)


@router.delete("/photo", status_code=204)
async def delete_my_photo(me: Me, session: PersonalSession) -> None:
    await photos.remove_photo(session, me)


@router.get("/sessions")
async def list_my_sessions(
    query: Annotated[PageQuery, Query()], caller: CurrentCaller, session: PersonalSession
) -> Page[SessionOut]:
    return await signing_out.list_devices(session, caller, query)


@router.delete("/sessions", status_code=204)
async def end_my_other_sessions(
    caller: CurrentCaller, runtime: RuntimeInApp, session: PersonalSession
) -> None:
    await signing_out.sign_out_others(session, runtime, caller)


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(NotFound))
async def end_my_session(
    session_id: Annotated[UUID, Path()],
    caller: CurrentCaller,
    runtime: RuntimeInApp,
    session: PersonalSession,
) -> None:
    await signing_out.sign_out_device(session, runtime, caller, session_id)


@router.post(
    "/password",
    status_code=204,
    openapi_extra=NOTHING_KEPT,
    responses=problems(WrongPassword, WeakPassword),
)
async def change_my_password(
    body: PasswordChangeIn, caller: CurrentCaller, runtime: RuntimeInApp
) -> None:
    await passwords.change_password(runtime, caller, body)


@router.post(
    "/email-changes",
    status_code=202,
    openapi_extra=NOTHING_KEPT,
    responses=problems(WrongPassword, PasswordRequired, EmailUnchanged),
)
async def request_email_change(
    body: EmailChangeIn, caller: CurrentCaller, runtime: RuntimeInApp
) -> MailedOut:
    return await addresses.ask_to_change(runtime, caller.user_id, body)


@router.post(
    "/email-changes/consume",
    status_code=204,
    dependencies=[per_address(SIGN_INS)],
    responses=problems(InvalidToken, TokenExpired, TokenUsed, EmailTaken),
)
async def consume_email_change(body: MailedTokenIn, runtime: RuntimeInApp) -> None:
    await addresses.change(runtime, body.token)
