"""What only one process may hold: an instance, an address; and a turn that others wait for."""

import socket

import pytest
import sqlalchemy as sa

from app.core import locks
from tests.servers import free_port


def listening(port: int) -> socket.socket:
    """A server that shares its port with whoever asks for it in the same way, as granian's do."""
    server = socket.socket()
    for willing in (socket.SO_REUSEPORT, socket.SO_REUSEADDR):
        server.setsockopt(socket.SOL_SOCKET, willing, 1)
    server.bind(("127.0.0.1", port))
    server.listen()
    return server


def test_a_port_that_somebody_listens_on_is_taken_however_willing_to_share():
    port = free_port()
    with listening(port), listening(port):  # control: they do share it
        with pytest.raises(locks.Taken), locks.held_port("127.0.0.1", port):
            pass
        with pytest.raises(locks.Taken), locks.held_port("0.0.0.0", port):
            pass
    with locks.held_port("127.0.0.1", port):
        pass


def test_of_two_who_start_at_the_same_moment_one_gets_the_port():
    port = free_port()
    with locks.held_port("127.0.0.1", port):
        with pytest.raises(locks.Taken), locks.held_port("localhost", port):
            pass
        with locks.held_port("127.0.0.1", free_port()):
            pass
    with locks.held_port("127.0.0.1", port), listening(port):
        pass  # whoever holds it can listen


def test_connections_that_an_earlier_server_closed_do_not_keep_the_port():
    port = free_port()
    with listening(port) as server:
        visitor = socket.create_connection(("127.0.0.1", port))
        answer, _ = server.accept()
        answer.close()
        visitor.close()
    with locks.held_port("127.0.0.1", port):
        pass


@pytest.mark.parametrize("host", ["192.0.2.1", "tidak-ada.invalid"])
def test_an_address_that_is_not_ours_is_named(host):
    with pytest.raises(locks.Unusable, match=r"\w"), locks.held_port(host, free_port()):
        pass


def test_a_file_is_held_by_one_and_says_by_whom(tmp_path):
    path = tmp_path / "serve.lock"
    with locks.held_file(path):
        with pytest.raises(locks.Taken) as refused, locks.held_file(path):
            pass
        assert refused.value.holder.isdigit()
        with locks.held_file(tmp_path / "another.lock"):
            pass
    with locks.held_file(path):
        pass
    assert path.stat().st_mode & 0o077 == 0


def test_what_fails_lets_go(tmp_path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'rambu.db'}")
    with pytest.raises(ZeroDivisionError), locks.one_at_a_time(engine, lambda: None):
        raise ZeroDivisionError
    with locks.one_at_a_time(engine, lambda: pytest.fail("it was still held")):
        pass
