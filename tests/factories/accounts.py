import datetime
from functools import cache

import factory
from django.contrib.auth.hashers import make_password

from incubator.accounts.choices import ROLE_SCOPES, Role, Scope
from incubator.accounts.models import RoleGrant, User
from tests.factories.divisions import DivisionFactory

PASSWORD = "miaopu-tests-7"
GRANTED_ON = datetime.date(2020, 1, 1)


@cache
def password_hash():
    return make_password(PASSWORD)


class UserFactory(factory.django.DjangoModelFactory):
    """A person without any role; signs in with PASSWORD."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"居民{n}")
    password = factory.LazyFunction(password_hash)


class RoleGrantFactory(factory.django.DjangoModelFactory):
    """An active grant. The scope follows from the role; give ``division`` or ``body_uuid`` as it needs."""

    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = Role.SOCIAL_WORKER
    scope = factory.LazyAttribute(lambda o: ROLE_SCOPES.get(o.role, Scope.DIVISION))
    division = factory.Maybe(
        factory.LazyAttribute(lambda o: o.scope == Scope.DIVISION), factory.SubFactory(DivisionFactory), None
    )
    body_uuid = None
    valid_from = GRANTED_ON
