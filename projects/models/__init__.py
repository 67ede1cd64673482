from projects.models.activity import Activity
from projects.models.project import IncubationProject

__all__ = ["Activity", "IncubationProject"]
