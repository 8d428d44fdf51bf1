from uuid import UUID

from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

router = api_router("/v1/things", "things")


@router.get("/{thing_id}")
async def get_thing(thing_id: UUID) -> str:
    return str(thing_id)


ID = "01a202b1-9912-70f1-9c48-f39968f0c6e5"


async def test_requests_are_counted_by_route_template() -> None:
    app = small_app(router)

    async with client_of(app) as http:
        await http.get(f"/v1/things/{ID}")
        await http.head(f"/v1/things/{ID}")
        await http.get("/v1/things/x")

    text = app.state.metrics.render().decode()
    template = "/v1/things/{thing_id}"
    assert f'http_requests_total{{method="GET",route="{template}",status="200"}} 1.0' in text
    assert f'http_requests_total{{method="HEAD",route="{template}",status="200"}} 1.0' in text
    assert f'http_requests_total{{method="GET",route="{template}",status="404"}} 1.0' in text
    assert f'http_request_duration_seconds_count{{method="GET",route="{template}"}} 2.0' in text


async def test_strangers_paths_and_methods_make_no_series() -> None:
    app = small_app(router)

    async with client_of(app) as http:
        for number in range(5):
            await http.request(f"METHOD{number}", f"/{number}")

    text = app.state.metrics.render().decode()
    assert 'http_requests_total{method="OTHER",route="unmatched",status="404"} 5.0' in text
    assert "METHOD1" not in text


async def test_apps_count_for_themselves() -> None:
    one, other = small_app(router), small_app(router)

    async with client_of(one) as http:
        await http.get(f"/v1/things/{ID}")

    assert 'route="/v1/things' not in other.state.metrics.render().decode()
