from django.urls import include, path

from incubator.api import views

app_name = "api"
urlpatterns = [
    path("", views.RootView.as_view(), name="root"),
    path("schema/", views.SchemaView.as_view(), name="schema"),
    path("docs/", views.DocsView.as_view(url_name="api:schema"), name="docs"),
    path("", include("organizations.api.urls")),
    path("", include("projects.api.urls")),
    path("", include("evaluations.api.urls")),
]
