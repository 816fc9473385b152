import pytest

from tests.factories import translate

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_tree(tree, client):
    response = client.get("/pl/herning/guide/ankomst/cpr-nummer/")
    assert response.status_code == 200
    translate(tree.cpr, "pl")
    response = client.get("/pl/herning/guide/ankomst/cpr-nummer/")
    assert "pl: Hvor" in response.content.decode()


@pytest.mark.starter
def test_starter(starter_site, client):
    assert client.get("/pl/herning/guide/ankomst/cpr-nummer/").status_code == 200
