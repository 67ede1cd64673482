from django.urls import include, path

from incubator.accounts import views

pages = [
    path("language/", views.LanguageView.as_view(), name="language"),
    path("profile/", views.ProfileView.as_view(), name="profile"),
    path("password/", views.PasswordChangeView.as_view(), name="password-change"),
    path("users/", views.UserListView.as_view(), name="user-list"),
    path("users/<uuid:uuid>/", views.UserDetailView.as_view(), name="user-detail"),
    path("users/<uuid:uuid>/grants/new/", views.GrantCreateView.as_view(), name="grant-create"),
    path("users/<uuid:uuid>/deactivate/", views.UserDeactivateView.as_view(), name="user-deactivate"),
    path("users/<uuid:uuid>/reactivate/", views.UserReactivateView.as_view(), name="user-reactivate"),
    path("grants/<uuid:uuid>/revoke/", views.GrantRevokeView.as_view(), name="grant-revoke"),
    path("invitations/", views.InvitationListView.as_view(), name="invitation-list"),
    path("invitations/new/", views.InvitationCreateView.as_view(), name="invitation-create"),
    path("invitations/<uuid:uuid>/withdraw/", views.InvitationWithdrawView.as_view(), name="invitation-withdraw"),
    path("invitation/<str:token>/", views.InvitationAcceptView.as_view(), name="invitation-accept"),
]

urlpatterns = [
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("logout/", views.LogoutView.as_view(), name="account_logout"),
    path("", include((pages, "accounts"))),
]
