import socket
from collections.abc import Iterator

import pytest

from app.server import PortError, listen
from app.settings import Settings


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield int(other.getsockname()[1])


def test_a_port_of_ones_own_choosing_is_never_swapped_for_another(taken_port: int) -> None:
    with pytest.raises(PortError, match=f"port {taken_port} is taken: .*ATRIUM_PORT"):
        listen(Settings(port=taken_port))


def test_without_a_choice_a_second_copy_takes_the_next_free_port(taken_port: int) -> None:
    by_default = Settings.model_construct(_fields_set=set(), host="127.0.0.1", port=taken_port)
    listener, settings = listen(by_default)
    with listener:
        assert settings.port == listener.getsockname()[1] > taken_port
        assert settings.api_url.endswith(f":{settings.port}")


def test_an_address_of_another_machine_is_refused_by_name() -> None:
    with pytest.raises(PortError, match=r"can't listen on 192\.0\.2\.1:"):
        listen(Settings(host="192.0.2.1", port=18999))
