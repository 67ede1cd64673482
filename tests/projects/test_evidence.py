"""Photos and files: what is taken, what is left out of them, who is served, and a photo that stands elsewhere too."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation, StaleEdition
from incubator.base.files import MAX_UPLOAD
from incubator.base.panels import panels
from incubator.base.policies import verdict
from projects.choices import EvidenceKind
from projects.models import Evidence
from projects.policies import evidence as policies
from projects.services import evidence as services
from projects.services.evidence_picture import MAX_PICTURE, look_of, prepare
from tests.factories.evidence import GPS, EvidenceFactory, as_bytes, photo, picture
from tests.factories.organizations import PDF
from tests.factories.projects import ActivityFactory
from tests.personas import PEOPLE

JPG = "image/jpeg"


@pytest.fixture
def hall(place):
    place.activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    return place


def add(hall, upload, **more):
    return services.add_evidence(
        activity_id=more.pop("activity", hall.activity).pk, upload=upload, actor=hall.worker, **more
    )


def kept(field):
    with field.open("rb") as file:
        return file.read()


def words(response):
    return response.content.decode()


# --- what is kept -------------------------------------------------------------------------------------------------------


def test_a_photo_is_kept_upright_and_without_place_camera_or_owner(hall):
    upload = photo(turned=True)
    sent = Image.open(io.BytesIO(upload.read()))
    assert sent.getexif().get_ifd(GPS)
    assert sent.size == (320, 240)
    evidence = add(hall, upload)
    content = kept(evidence.file)
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("JPEG", (240, 320))
    assert dict(image.getexif()) == {}
    assert image.info.get("exif") is None
    assert not any(word in content for word in (b"HUAWEI", b"Mate 60", "周队长".encode(), b"Exif", b"http"))
    assert (evidence.width, evidence.height, evidence.extension) == (240, 320, "jpg")
    assert evidence.sha256 != evidence.source_sha256
    assert len(evidence.look) == 16


def test_a_big_photo_becomes_small_and_has_a_smaller_one_beside_it(hall):
    evidence = add(hall, photo(width=4000, height=3000))
    assert Image.open(io.BytesIO(kept(evidence.file))).size == (2560, 1920)
    assert Image.open(io.BytesIO(kept(evidence.thumbnail))).size == (480, 360)


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGBA", "PNG"), ("P", "PNG"), ("L", "PNG"), ("RGBA", "WEBP"), ("CMYK", "JPEG")]
)
def test_pictures_of_every_kind_become_plain_ones_on_white(hall, mode, kind):
    image = picture(mode="RGBA") if mode == "RGBA" else picture().convert(mode)
    evidence = add(hall, SimpleUploadedFile(f"图.{kind.lower().replace('jpeg', 'jpg')}", as_bytes(image, kind)))
    image = Image.open(io.BytesIO(kept(evidence.file)))
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert evidence.original_name == "图.jpg"


def test_other_papers_are_kept_as_they_are(hall):
    evidence = add(hall, SimpleUploadedFile("通知.pdf", PDF), caption="通知", consent="internal")
    assert kept(evidence.file) == PDF
    assert (evidence.kind, evidence.thumbnail.name, evidence.look, evidence.sha256) == (
        EvidenceKind.FILE, "", "", evidence.source_sha256,
    )  # fmt: skip


def test_the_same_file_again_is_the_one_that_is_there(hall):
    assert add(hall, photo()) == add(hall, photo())
    assert AuditEvent.objects.filter(verb="evidence.added").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceFactory(activity=hall.activity, source_sha256=Evidence.objects.get().source_sha256)


def test_the_history_keeps_neither_caption_nor_file_name(hall):
    evidence = add(hall, photo(name="刘阿姨.jpg"), caption="刘阿姨在讲话")
    services.update_evidence(evidence_id=evidence.pk, actor=hall.worker, caption="李四", consent="public")
    assert "刘阿姨" not in str(list(AuditEvent.objects.values_list("data", "target_label")))
    assert "李四" not in str(list(AuditEvent.objects.values_list("data", "target_label")))
    assert AuditEvent.objects.filter(target_uuid=str(hall.activity.uuid)).count() == 2


# --- what is refused ----------------------------------------------------------------------------------------------------


def heic():
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 200


def odd_files():
    whole = as_bytes(picture())
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("a.txt", "x")
    flood = as_bytes(Image.new("1", (9000, 9000)), "PNG")
    bomb = as_bytes(Image.new("1", (14000, 14000)), "PNG")
    return [
        ("照片.HEIC", heic(), "HEIC picture"),
        ("照片.jpg", heic(), "HEIC picture"),
        ("照片.jpg", b"MZ" + b"\x90\0" * 400, "not a file of a kind"),
        ("程序.exe", b"MZ" + b"\x90\0" * 400, "not a file of a kind"),
        ("照片.jpg", b"", "is empty"),
        ("照片.jpg", whole[: len(whole) // 2], "the picture is damaged"),
        ("照片.jpg", whole[:20] + b"\0" * 400, "the picture is damaged"),
        ("照片.png", as_bytes(picture(), "PNG")[:-200], "the picture is damaged"),
        ("照片.png", whole, "but holds jpg"),
        ("照片.zip", book.getvalue(), "not a file of a kind"),
        ("很多.png", flood, "too many points"),
        ("更多.png", bomb, "too many points"),
        ("动图.gif", as_bytes(picture(), "GIF"), "not a file of a kind"),
    ]


@pytest.mark.parametrize(("name", "content", "sentence"), odd_files(), ids=lambda value: str(value)[:12])
def test_what_cannot_be_kept_is_refused_with_a_sentence(hall, name, content, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        add(hall, SimpleUploadedFile(name, content, JPG))
    assert not Evidence.objects.exists()


def test_a_photo_beyond_ten_megabytes_is_refused(hall):
    content = as_bytes(picture()) + b"\0" * MAX_PICTURE
    with pytest.raises(RuleViolation, match="larger than 10 MB"):
        add(hall, SimpleUploadedFile("大.jpg", content, JPG))


def test_sixty_megabytes_are_refused_without_being_kept_on_the_way(hall, sign_in):
    url, seen = reverse("projects:evidence-add", args=[hall.activity.uuid]), []
    from incubator.base import files

    class Watched(files.CappedUploadHandler):
        def receive_data_chunk(self, raw_data, start):
            passed_on = super().receive_data_chunk(raw_data, start)
            seen.append(len(passed_on or b""))
            return passed_on

    original, files.CappedUploadHandler = files.CappedUploadHandler, Watched
    try:
        answer = sign_in(hall.worker).post(
            url, {"files": SimpleUploadedFile("大.jpg", b"\xff\xd8\xff" + b"\0" * 60_000_000)}
        )
    finally:
        files.CappedUploadHandler = original
    assert answer.status_code == 422
    assert "larger than 20 MB" in words(answer)
    assert 0 < sum(seen) <= MAX_UPLOAD
    assert not Evidence.objects.exists()


def test_a_draft_takes_no_photo_yet(hall):
    draft = ActivityFactory(draft=True, recorded_by=hall.worker)
    with pytest.raises(RuleViolation, match="Hand the record in first"):
        add(hall, photo(), activity=draft)
    assert not verdict(policies.check_add_evidence, hall.worker, draft)


def stored():
    folders = default_storage.listdir("projects")[0]
    return {name for folder in folders for name in default_storage.listdir(f"projects/{folder}")[1]}


def test_when_the_row_fails_no_file_stays_on_the_disk(hall, monkeypatch):
    add(hall, photo(seed=3))
    before = stored()
    monkeypatch.setattr("projects.services.evidence.audit.record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add(hall, photo())
    assert Evidence.objects.count() == 1
    assert stored() == before


# --- the page -----------------------------------------------------------------------------------------------------------


def test_several_are_sent_at_once_and_one_that_is_wrong_does_not_hold_up_the_others(hall, sign_in):
    client, url = sign_in(hall.worker), reverse("projects:evidence-add", args=[hall.activity.uuid])
    files = [photo(seed=1), photo(seed=2), SimpleUploadedFile("x.jpg", heic()), SimpleUploadedFile("通知.pdf", PDF)]
    answer = client.post(url, {"files": files, "caption": "现场", "consent": "public"}, follow=True)
    assert Evidence.objects.count() == 3
    assert "3 files added." in words(answer)
    assert "HEIC picture" in words(answer)
    assert set(Evidence.objects.values_list("caption", "consent")) == {("现场", "public")}


def test_a_form_without_a_sound_file_comes_back_with_what_was_typed(hall, sign_in):
    client, url = sign_in(hall.worker), reverse("projects:evidence-add", args=[hall.activity.uuid])
    for files in ([], [SimpleUploadedFile("x.jpg", heic())]):
        answer = client.post(url, {"files": files, "caption": "写了一半"})
        assert answer.status_code == 422
        assert "写了一半" in words(answer)


def test_a_script_gets_the_answer_as_data(hall, sign_in):
    client, url = sign_in(hall.worker), reverse("projects:evidence-add", args=[hall.activity.uuid])
    accept = {"headers": {"accept": "application/json"}}
    assert client.post(url, {"files": photo()}, **accept).json()["added"] == 1
    answer = client.post(url, {"files": SimpleUploadedFile("x.jpg", heic())}, **accept)
    assert answer.status_code == 422
    assert "HEIC picture" in answer.json()["refused"][0]


def test_a_file_leaves_privately_under_an_address_that_ends_in_its_extension(hall, sign_in):
    evidence, client = add(hall, photo()), sign_in(hall.worker)
    assert evidence.get_file_url() == f"/projects/evidence/{evidence.uuid}/file.jpg"
    for url in (evidence.get_file_url(), evidence.get_thumbnail_url()):
        answer = client.get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, JPG)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Disposition"].startswith("inline;")
        assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert client.get(f"/projects/evidence/{evidence.uuid}/file.png").status_code == 404
    document = add(hall, SimpleUploadedFile("通知.pdf", PDF))
    assert client.get(f"/projects/evidence/{document.uuid}/small.jpg").status_code == 404
    assert sign_in(hall.other_worker).get(evidence.get_file_url()).status_code == 404


def test_what_was_taken_back_is_served_to_nobody_and_the_row_stays(hall, sign_in):
    evidence, client = add(hall, photo()), sign_in(hall.worker)
    url = reverse("projects:evidence-withdraw", args=[evidence.uuid])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "本人不愿意"}).status_code == 302
    assert client.get(evidence.get_file_url()).status_code == 404
    assert client.get(evidence.get_thumbnail_url()).status_code == 404
    assert Evidence.objects.get().withdrawn_reason == "本人不愿意"
    assert client.post(url, {"reason": "再一次"}).status_code == 403
    with pytest.raises(RuleViolation, match="taken back already"):
        services.withdraw_evidence(evidence_id=evidence.pk, actor=hall.worker, reason="x")
    page = words(client.get(hall.activity.get_absolute_url()))
    assert "本人不愿意" in page
    assert add(hall, photo()) != evidence
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceFactory(activity=hall.activity, withdrawn_at=timezone.now())


def test_words_written_over_an_older_edition_are_told(hall, sign_in):
    evidence = add(hall, photo())
    edition = evidence.edition
    services.update_evidence(evidence_id=evidence.pk, actor=hall.leader, caption="开场", consent="")
    with pytest.raises(StaleEdition):
        services.update_evidence(
            evidence_id=evidence.pk, actor=hall.worker, caption="别的", consent="", edition=edition
        )
    url = reverse("projects:evidence-update", args=[evidence.uuid])
    assert "开场" in words(sign_in(hall.worker).get(url))
    assert sign_in(hall.worker).post(url, {"caption": "别的", "consent": "", "edition": edition}).status_code == 409


# --- the same photo elsewhere ---------------------------------------------------------------------------------------------


def test_copies_of_a_photo_look_the_same_and_other_photos_do_not():
    one = picture(640, 480)
    again = Image.open(io.BytesIO(as_bytes(one.resize((320, 240)), quality=60)))
    assert look_of(one) == look_of(again)
    assert len({look_of(picture(seed=seed)) for seed in range(8)}) == 8
    assert look_of(Image.new("RGB", (40, 40), "white")) == ""


def test_a_photo_that_stands_in_another_activity_is_pointed_out_to_the_author_and_kept(hall, sign_in):
    other = ActivityFactory(organization=hall.organization, recorded_by=hall.worker)
    far = ActivityFactory(organization=hall.other_organization, recorded_by=hall.other_worker)
    add(hall, photo(), activity=other)
    client, url = sign_in(hall.worker), reverse("projects:evidence-add", args=[hall.activity.uuid])
    answer = client.post(
        url, {"files": SimpleUploadedFile("截图.jpg", as_bytes(picture().resize((160, 120)), quality=70))}, follow=True
    )
    assert Evidence.objects.filter(activity=hall.activity).count() == 1
    assert "stands in another activity as well" in words(answer)
    assert f'href="{other.get_absolute_url()}"' in words(answer)
    add(hall, photo(), activity=far)
    page = words(client.get(hall.activity.get_absolute_url()))
    assert "and in an activity of another place" in page
    assert str(far.uuid) not in page
    assert far.organization.name not in page
    assert "The same photo" not in words(sign_in(hall.staff).get(hall.activity.get_absolute_url()))


def test_two_signed_sheets_of_one_form_are_no_copies(hall):
    other = ActivityFactory(organization=hall.organization, recorded_by=hall.worker)
    for activity in (hall.activity, other):
        row = add(hall, photo(), activity=activity, kind=EvidenceKind.SHEET)
    assert services.same_elsewhere([row]) == {}


# --- who may ---------------------------------------------------------------------------------------------------------------


def test_exactly_these_people_add_and_take_back(hall):
    row = EvidenceFactory(activity=hall.activity)
    for check, thing in ((policies.check_add_evidence, hall.activity), (policies.check_withdraw_evidence, row)):
        assert {key for key in PEOPLE if verdict(check, getattr(hall, key), thing)} == {
            "worker", "leader", "community_staff",
        }  # fmt: skip


def test_what_one_sees_is_what_one_may_open_and_a_signed_sheet_is_read_like_its_names(hall):
    other = ActivityFactory(organization=hall.other_organization, recorded_by=hall.other_worker)
    for activity in (hall.activity, other):
        EvidenceFactory(activity=activity)
        EvidenceFactory(activity=activity, sheet=True)
    rows = Evidence.objects.select_related("activity__organization", "activity__community")
    for person in hall.everybody:
        seen = set(Evidence.objects.visible_to(person))
        assert seen == {row for row in rows if verdict(policies.check_view_evidence, person, row)}, person
    assert set(Evidence.objects.visible_to(hall.staff).values_list("kind", flat=True)) == {"photo"}
    assert Evidence.objects.visible_to(hall.worker).filter(kind="sheet").count() == 1


def test_a_street_is_told_that_there_is_a_sheet(hall, sign_in):
    EvidenceFactory(activity=hall.activity, sheet=True)
    page = words(sign_in(hall.staff).get(hall.activity.get_absolute_url()))
    assert "1 signed sheet is here as well" in page
    assert "small.jpg" not in page
    empty = ActivityFactory(organization=hall.organization, recorded_by=hall.worker)
    assert "No photos or files yet" in words(sign_in(hall.staff).get(empty.get_absolute_url()))


@pytest.mark.parametrize("number", [1, 3])
def test_the_panel_costs_the_same_for_one_photo_and_for_three(hall, django_assert_num_queries, number):
    other = ActivityFactory(organization=hall.organization, recorded_by=hall.worker)
    for _row in range(number):
        content = EvidenceFactory(activity=hall.activity).source_sha256
        EvidenceFactory(activity=other, source_sha256=content)
    _known = hall.worker.access.grants
    with django_assert_num_queries(3):
        context = panels["activity-evidence"].context(hall.worker, hall.activity)
    assert [row.stands_in for row in context["pictures"]] == [[other]] * number


def test_prepared_once_is_prepared():
    prepared = prepare(photo())
    assert prepare(prepared) is prepared
