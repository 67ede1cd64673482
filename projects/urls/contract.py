from django.urls import path

from projects.views import contract

urlpatterns = [
    path("contracts/", contract.ContractListView.as_view(), name="contract-list"),
    path("contracts/add/", contract.ContractAddView.as_view(), name="contract-add"),
    path("contracts/<uuid:uuid>/", contract.ContractDetailView.as_view(), name="contract-detail"),
    path("contracts/<uuid:uuid>/edit/", contract.ContractUpdateView.as_view(), name="contract-update"),
    path("contracts/<uuid:uuid>/indicators/add/", contract.IndicatorAddView.as_view(), name="contract-indicator-add"),
    path(
        "contracts/<uuid:uuid>/indicators.docx",
        contract.ContractIndicatorsPaperView.as_view(),
        name="contract-indicators",
    ),
    path("contracts/<uuid:uuid>/records.zip", contract.ContractInspectionView.as_view(), name="contract-inspection"),
    path(
        "contracts/indicators/<uuid:uuid>/edit/",
        contract.IndicatorUpdateView.as_view(),
        name="contract-indicator-update",
    ),
    path(
        "contracts/indicators/<uuid:uuid>/remove/",
        contract.IndicatorRemoveView.as_view(),
        name="contract-indicator-remove",
    ),
]
