"""A lab over empty folders, asked without a socket, and one that listens on a port of its own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

import steepest
from steepest.web.app import create_app
from steepest.web.serve import bind

ADDRESS = "http://127.0.0.1:8377"


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two finished races, one of which reads digits."""
    races = tmp_path_factory.mktemp("stored")
    steepest.race("digits-mlp", ["sgd", "adam"], lr="1e-3,1e-2", seeds=2, epochs=2, out=races / "small")
    steepest.race("mnist-softmax", ["adam"], lr=4e-3, seeds=1, epochs=1, samples=4_000, out=races / "reader")
    return races


@pytest.fixture
def races(stored: Path, tmp_path: Path) -> Path:
    """A copy of the stored races, to be changed."""
    return shutil.copytree(stored, tmp_path / "races")


@pytest.fixture(scope="session")
def shared(stored: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a lab over the stored races, which nobody changes."""
    with TestClient(create_app(stored, tmp_path_factory.mktemp("home")), base_url=ADDRESS) as client:
        client.headers["origin"] = ADDRESS
        yield client


@pytest.fixture
def client(races: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a lab of one test."""
    with TestClient(create_app(races, tmp_path / "home"), base_url=ADDRESS) as client:
        client.headers["origin"] = ADDRESS
        yield client


@pytest.fixture(scope="session")
def lab(stored: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a lab that listens, over a copy of the stored races."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(stored, folder / "races")
    socket = bind(0)
    config = uvicorn.Config(
        create_app(folder / "races", folder / "home"), log_level="warning", timeout_graceful_shutdown=1, ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
    socket.close()
