"""A program's cover: a picture anybody may see, kept as long as the program shows it."""

from tests.features.images.uploads import path_of, uploaded
from tests.features.programs.offers import program
from tests.features.programs.visiting import page_of
from tests.make import Make


async def test_the_page_shows_it(make: Make):
    coach = await make.coach()
    image = await uploaded(coach)
    made = await program(coach, cover_file_id=image["id"])
    async with make.anonymous() as browser:
        page = (await browser.get(await page_of(make, coach, made))).json()
        picture = await browser.get(path_of(image))

    assert page["cover_url"] == made["cover_url"] == image["url"]
    assert picture.status_code == 200


async def test_it_stays_as_long_as_the_program_shows_it(make: Make):
    coach = await make.coach()
    image = await uploaded(coach)
    made = await program(coach, cover_file_id=image["id"])

    kept = await coach.http.delete(f"/v1/images/{image['id']}")
    bare = await coach.http.patch(f"/v1/programs/{made['id']}", json={"cover_file_id": None})
    gone = await coach.http.delete(f"/v1/images/{image['id']}")

    assert kept.status_code == 409
    assert bare.json()["cover_url"] is None
    assert gone.status_code == 204


async def test_another_practice_s_picture_is_no_cover(make: Make):
    coach, other = await make.coach(), await make.coach()
    image = await uploaded(other)

    answer = await coach.http.post("/v1/programs", json={"name": "X", "cover_file_id": image["id"]})

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_image")
