"""A picture that is shown nowhere can be removed."""

import httpx

from app.core.ids import new_id
from tests.features.images.uploads import path_of, uploaded
from tests.make import Make


async def test_it_is_gone(make: Make, http: httpx.AsyncClient) -> None:
    coach = await make.coach()
    image = await uploaded(coach)

    answer = await coach.http.delete(f"/v1/images/{image['id']}")

    assert answer.status_code == 204
    assert (await http.get(path_of(image))).status_code == 404
    assert (await coach.http.delete(f"/v1/images/{image['id']}")).status_code == 404


async def test_the_logo_stays(make: Make, http: httpx.AsyncClient) -> None:
    coach = await make.coach()
    image = await uploaded(coach)
    changed = await coach.http.patch(
        "/v1/workspace",
        json={"branding": {"logo_file_id": image["id"]}},
        headers={"If-Match": "*"},
    )
    assert changed.status_code == 200, changed.text

    refused = await coach.http.delete(f"/v1/images/{image['id']}")

    assert refused.status_code == 409
    assert refused.json()["code"] == "image_in_use"
    assert (await http.get(path_of(image))).status_code == 200


async def test_a_portrait_stays_until_another_is_chosen(make: Make) -> None:
    coach = await make.coach()
    image = await uploaded(coach)
    await coach.http.patch("/v1/profile", json={"photo_file_id": image["id"]})

    refused = await coach.http.delete(f"/v1/images/{image['id']}")
    await coach.http.patch("/v1/profile", json={"photo_file_id": None})
    removed = await coach.http.delete(f"/v1/images/{image['id']}")

    assert refused.json()["code"] == "image_in_use"
    assert removed.status_code == 204


async def test_the_portrait_of_somebody_who_left_can_go(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)
    image = await uploaded(coach)
    await coach.http.patch("/v1/profile", json={"photo_file_id": image["id"]})
    await owner.http.delete(f"/v1/members/{coach.member_id}")

    assert (await owner.http.delete(f"/v1/images/{image['id']}")).status_code == 204


async def test_another_practices_picture_is_not_there(make: Make, http: httpx.AsyncClient) -> None:
    image = await uploaded(await make.coach())
    stranger = await make.coach()

    assert (await stranger.http.delete(f"/v1/images/{image['id']}")).status_code == 404
    assert (await stranger.http.delete(f"/v1/images/{new_id()}")).status_code == 404
    assert (await stranger.http.delete("/v1/images/x")).status_code == 404
    assert (await http.get(path_of(image))).status_code == 200


async def test_an_assistant_removes_nothing(make: Make) -> None:
    owner = await make.coach()
    assistant = await make.coach(role="assistant", workspace_id=owner.workspace_id)
    image = await uploaded(owner)

    assert (await assistant.http.delete(f"/v1/images/{image['id']}")).status_code == 403
