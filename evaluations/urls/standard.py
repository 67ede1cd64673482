from django.urls import path

from evaluations.views import standard, standard_part

ONE = "standards/<uuid:uuid>"
LIST = f"{ONE}/parts/<str:holder>"
PART = f"{LIST}/<str:code>"

urlpatterns = [
    path("standards/", standard.StandardListView.as_view(), name="standard-list"),
    path("standards/new/", standard.StandardCreateView.as_view(), name="standard-create"),
    path("standards/import/", standard.StandardImportView.as_view(), name="standard-import"),
    path(f"{ONE}/", standard.StandardDetailView.as_view(), name="standard-detail"),
    path(f"{ONE}/edit/", standard.StandardUpdateView.as_view(), name="standard-update"),
    path(f"{ONE}/copy/", standard.StandardCopyView.as_view(), name="standard-copy"),
    path(f"{ONE}/publish/", standard.StandardPublishView.as_view(), name="standard-publish"),
    path(f"{ONE}/retire/", standard.StandardRetireView.as_view(), name="standard-retire"),
    path(f"{ONE}/restore/", standard.StandardRestoreView.as_view(), name="standard-restore"),
    path(f"{ONE}/standard.xlsx", standard.StandardExportView.as_view(), name="standard-export"),
    path(f"{ONE}/replace/", standard.StandardReplaceView.as_view(), name="standard-replace"),
    path(f"{ONE}/editions/<int:number>/", standard.StandardVersionView.as_view(), name="standard-version"),
    path(
        f"{ONE}/editions/<int:number>/standard.xlsx",
        standard.StandardVersionExportView.as_view(),
        name="standard-version-export",
    ),
    path(f"{LIST}/add/", standard_part.StandardPartAddView.as_view(), name="standard-part-add"),
    path(f"{PART}/edit/", standard_part.StandardPartUpdateView.as_view(), name="standard-part-update"),
    path(f"{PART}/remove/", standard_part.StandardPartRemoveView.as_view(), name="standard-part-remove"),
    path(f"{PART}/up/", standard_part.StandardPartUpView.as_view(), name="standard-part-up"),
    path(f"{PART}/down/", standard_part.StandardPartDownView.as_view(), name="standard-part-down"),
]
