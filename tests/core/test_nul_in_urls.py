import pytest

from tests.core.small_app import client_of, small_app


@pytest.mark.parametrize(
    "url", ["/v1/%00", "/%00", "/v1/things?search=%00", "/v1/things?%00=1", "/v1/a%00b/things"]
)
async def test_nul_in_a_url_is_refused(url: str) -> None:
    async with client_of(small_app()) as http:
        answer = await http.get(url)

    assert answer.status_code == 400
    assert answer.json()["code"] == "nul_in_url"
