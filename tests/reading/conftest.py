"""What tests of readers' pages share."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client


class Reader(Client):
    """A stranger's browser. Whatever it asks for, nothing but SELECT may reach the database."""

    def request(self, **request: Any) -> HttpResponse:
        with connection.execute_wrapper(only_select):
            return super().request(**request)


def only_select(execute, sql, params, many, context):
    assert sql.lstrip().upper().startswith("SELECT"), f"a reader's page sent: {sql}"
    return execute(sql, params, many, context)


@pytest.fixture
def reader() -> Reader:
    return Reader()
