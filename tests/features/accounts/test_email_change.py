import httpx
import pytest

from tests.features.accounts.people import PASSWORD, code_of, registration, token_in
from tests.make import Make
from tests.post_office import PostOffice

OLD, NEW = "maya@example.test", "maya@calm.test"
CHANGE = {"email": NEW, "current_password": PASSWORD}


@pytest.fixture
async def link(maya_http: httpx.AsyncClient, post_office: PostOffice) -> str:
    """The token mailed to the new address."""
    await post_office.deliver()
    answer = await maya_http.post("/v1/me/email-changes", json=CHANGE)
    assert answer.status_code == 202
    mails = {str(mail["to"]): mail for mail in await post_office.deliver()}
    assert [address for address in mails if OLD in address]
    [confirmation] = [mail for address, mail in mails.items() if NEW in address]
    return token_in(confirmation)


async def confirm(http: httpx.AsyncClient, token: str) -> httpx.Response:
    return await http.post("/v1/me/email-changes/consume", json={"token": token})


async def login(http: httpx.AsyncClient, email: str) -> httpx.Response:
    return await http.post("/v1/auth/login", json={"email": email, "password": PASSWORD})


async def test_the_new_address_counts_once_it_is_confirmed(
    http: httpx.AsyncClient, link: str, post_office: PostOffice
):
    assert (await login(http, OLD)).status_code == 200
    assert (await login(http, NEW)).status_code == 401

    answer = await confirm(http, link)

    assert answer.status_code == 204
    assert (await login(http, OLD)).status_code == 401
    body = (await login(http, NEW)).json()
    assert (body["user"]["email"], body["user"]["email_verified"]) == (NEW, True)
    told = " ".join(str(mail["to"]) for mail in await post_office.deliver())
    assert OLD in told
    assert NEW in told
    assert code_of(await confirm(http, link)) == "token_used"


async def test_links_mailed_to_the_old_address_die(
    http: httpx.AsyncClient, maya_http: httpx.AsyncClient, link: str, post_office: PostOffice
):
    assert (await maya_http.get("/v1/me")).status_code == 200
    await http.post("/v1/auth/password-resets", json={"email": OLD})
    reset = token_in(await post_office.deliver_to(OLD))

    await confirm(http, link)

    body = {"token": reset, "password": "three-herons-by-the-river"}
    refused = await http.post("/v1/auth/password-resets/consume", json=body)
    assert code_of(refused) == "invalid_token"


async def test_an_address_that_was_taken_is_told_only_to_its_reader(
    http: httpx.AsyncClient, maya_http: httpx.AsyncClient, post_office: PostOffice
):
    await http.post("/v1/auth/register", json=registration(email=NEW))
    await post_office.deliver()

    answer = await maya_http.post("/v1/me/email-changes", json=CHANGE)

    assert answer.status_code == 202
    [mail] = [m for m in await post_office.deliver() if NEW in str(m["to"])]
    refused = await confirm(http, token_in(mail))
    assert refused.status_code == 409
    assert code_of(refused) == "email_taken"
    assert (await maya_http.get("/v1/me")).json()["email"] == OLD


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"email": NEW}, 422, "current_password_required"),
        ({"email": NEW, "current_password": "not-her-password"}, 403, "wrong_password"),
        ({"email": OLD, "current_password": PASSWORD}, 409, "email_unchanged"),
        ({"email": "nowhere", "current_password": PASSWORD}, 422, "validation_failed"),
    ],
)
async def test_what_is_wrong_is_said_and_mails_nobody(
    maya_http: httpx.AsyncClient,
    post_office: PostOffice,
    change: dict[str, str],
    status: int,
    code: str,
):
    await post_office.deliver()

    answer = await maya_http.post("/v1/me/email-changes", json=change)

    assert answer.status_code == status
    assert code_of(answer) == code
    assert await post_office.deliver() == []


async def test_another_spelling_of_the_address_may_be_chosen(
    http: httpx.AsyncClient, maya_http: httpx.AsyncClient, post_office: PostOffice
):
    await post_office.deliver()
    spelling = {"email": "Maya@example.test", "current_password": PASSWORD}
    await maya_http.post("/v1/me/email-changes", json=spelling)
    [mail] = [m for m in await post_office.deliver() if "Maya@example.test" in str(m["to"])]

    assert (await confirm(http, token_in(mail))).status_code == 204

    assert (await maya_http.get("/v1/me")).json()["email"] == "Maya@example.test"


async def test_who_has_no_password_needs_none(make: Make):
    client = await make.client(workspace_id=await make.workspace())

    answer = await client.http.post("/v1/me/email-changes", json={"email": NEW})

    assert answer.status_code == 202
