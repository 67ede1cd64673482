from django.urls import path

from projects.views import kind

urlpatterns = [
    path("kinds/", kind.KindListView.as_view(), name="kind-list"),
    path("kinds/new/", kind.KindCreateView.as_view(), name="kind-create"),
    path("kinds/<slug:code>/", kind.KindDetailView.as_view(), name="kind-detail"),
    path("kinds/<slug:code>/edit/", kind.KindUpdateView.as_view(), name="kind-update"),
    path("kinds/<slug:code>/preview/", kind.KindPreviewView.as_view(), name="kind-preview"),
    path("kinds/<slug:code>/publish/", kind.KindPublishView.as_view(), name="kind-publish"),
    path("kinds/<slug:code>/switch-off/", kind.KindSwitchOffView.as_view(), name="kind-switch-off"),
    path("kinds/<slug:code>/switch-on/", kind.KindSwitchOnView.as_view(), name="kind-switch-on"),
    path("kinds/<slug:code>/questions/add/", kind.KindQuestionAddView.as_view(), name="kind-question-add"),
    path(
        "kinds/<slug:code>/questions/<slug:name>/edit/",
        kind.KindQuestionUpdateView.as_view(),
        name="kind-question-update",
    ),
    path(
        "kinds/<slug:code>/questions/<slug:name>/remove/",
        kind.KindQuestionRemoveView.as_view(),
        name="kind-question-remove",
    ),
    path("kinds/<slug:code>/questions/<slug:name>/up/", kind.KindQuestionUpView.as_view(), name="kind-question-up"),
    path(
        "kinds/<slug:code>/questions/<slug:name>/down/", kind.KindQuestionDownView.as_view(), name="kind-question-down"
    ),
]
