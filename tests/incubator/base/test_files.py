"""Uploaded files: the bytes decide, and what is not kept leaves nothing behind."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from incubator.base.errors import RuleViolation
from incubator.base.files import inspect_upload
from organizations.models import DossierHeading
from organizations.services.dossier import add_dossier_item
from tests.factories.organizations import PDF, OrganizationFactory

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.mark.no_db
@pytest.mark.parametrize("name", ["名单.csv", "a.txt", "a.html", "a.pdf", "a.xls", "a.svg", "A.CSV"])
def test_a_picture_under_another_name_is_refused(name):
    with pytest.raises(RuleViolation, match="but holds png"):
        inspect_upload(SimpleUploadedFile(name, PNG))


@pytest.mark.no_db
@pytest.mark.parametrize("name", ["照片.png", "照片", "章程.最终版", "a.2026"])
def test_a_picture_under_its_own_name_or_a_plain_one_is_taken(name):
    assert inspect_upload(SimpleUploadedFile(name, PNG)).extension == "png"


def test_a_file_whose_record_is_not_written_does_not_stay_on_the_disk(personas):
    organization, identifier = OrganizationFactory(community=personas.community), uuid.uuid4()

    def add(content):
        add_dossier_item(
            organization_id=organization.pk, heading_id=DossierHeading.objects.get(code="charter").pk, title="章程",
            upload=SimpleUploadedFile("章程.pdf", content), actor=personas.worker, uuid=identifier,
        )  # fmt: skip

    add(PDF)
    with pytest.raises(IntegrityError):
        add(PDF + b"\n")  # another content under the same identifier
    _folders, files = default_storage.listdir(f"organizations/{str(identifier)[:2]}")
    assert files == [f"{identifier}.pdf"]
