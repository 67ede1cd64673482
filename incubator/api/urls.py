from django.urls import path

from incubator.api import views
from organizations.api.urls import router as organizations
from projects.api.urls import router as projects

app_name = "api"
urlpatterns = [
    path("", views.RootView.as_view(), name="root"),
    path("schema/", views.SchemaView.as_view(), name="schema"),
    path("docs/", views.DocsView.as_view(url_name="api:schema"), name="docs"),
    *organizations.urls,
    *projects.urls,
]
