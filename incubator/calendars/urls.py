from django.urls import path

from incubator.calendars import views

app_name = "calendars"

urlpatterns = [
    path("", views.CalendarMonthView.as_view(), name="month"),
    path("agenda/", views.CalendarAgendaView.as_view(), name="agenda"),
    path("feed/", views.FeedDetailView.as_view(), name="feed-detail"),
    path("feed/create/", views.FeedCreateView.as_view(), name="feed-create"),
    path("feed/revoke/", views.FeedRevokeView.as_view(), name="feed-revoke"),
    path("<str:token>.ics", views.FeedView.as_view(), name="feed"),
]
