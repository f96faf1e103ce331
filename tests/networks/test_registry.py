import pytest

from steepest.networks.registry import NETWORKS


@pytest.mark.parametrize("name", NETWORKS)
def test_each_network_is_a_documented_function_of_a_key(name):
    network = NETWORKS.load(name)
    assert callable(network)
    assert network.__doc__
