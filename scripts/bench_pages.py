"""The pages that the bench measures, each with its budget as a CPU ratio to the floor (docs/performance.md)."""


def pages(found):
    """[(label, path, who, budget)]; ``found`` holds the street's code and an organization's identifier."""
    organization = f"/organizations/{found['organization']}/"
    return [
        ("organization list", "/organizations/", "staff", 1.3),
        ("organization list, last page", "/organizations/?page=last", "staff", 1.3),
        ("organization list, district", "/organizations/", "district", 1.3),
        ("organization list, all", "/organizations/", "admin", 1.3),
        ("organization list, all, last page", "/organizations/?page=last", "admin", 1.3),
        ("organization list, search", "/organizations/?q=%E5%90%88%E5%94%B1", "district", 3),
        ("organization", organization, "worker", 1.5),
        ("activity list", "/projects/activities/", "staff", 1.3),
        ("activity list, district, last page", "/projects/activities/?page=last", "district", 1.3),
        ("activity counts of the month", "/projects/activities/counts/", "staff", 3),
        ("filing list", "/organizations/filings/", "staff", 2),
        ("communities", "/organizations/communities/", "staff", 2),
        ("home, social worker", "/", "worker", 2),
        ("home, street", "/", "staff", 2),
        ("home, district", "/", "district", 2),
        ("API, organizations", "/api/v1/organizations/", "staff", 0.8),
    ]
