import structlog

from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

router = api_router("/v1/things", "things")


@router.get("/broken")
async def break_down() -> None:
    raise RuntimeError("the password is hunter2")


async def test_a_fault_of_ours_is_a_problem_that_tells_nothing() -> None:
    async with client_of(small_app(router)) as http:
        answer = await http.get("/v1/things/broken")

    assert answer.status_code == 500
    assert answer.json()["code"] == "internal_error"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert "hunter2" not in answer.text


async def test_a_fault_is_logged_with_its_request() -> None:
    with structlog.testing.capture_logs() as lines:
        async with client_of(small_app(router)) as http:
            await http.get("/v1/things/broken")

    assert [line["log_level"] for line in lines if line["event"] == "unhandled error"] == ["error"]


async def test_a_browser_may_read_of_a_fault() -> None:
    app = small_app(router, cors_origins=("https://app.example.com",))

    async with client_of(app) as http:
        answer = await http.get("/v1/things/broken", headers={"Origin": "https://app.example.com"})

    assert answer.status_code == 500
    assert answer.headers["access-control-allow-origin"] == "https://app.example.com"
