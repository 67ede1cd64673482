from incubator.importing.services.batches import (
    confirm_batch,
    discard_batch,
    forget_old_lists,
    preview_rows,
    upload_batch,
)
from incubator.importing.services.places import (
    import_divisions,
    run_division_import,
    set_division_setting,
    upload_divisions,
)

__all__ = [
    "confirm_batch",
    "discard_batch",
    "forget_old_lists",
    "import_divisions",
    "preview_rows",
    "run_division_import",
    "set_division_setting",
    "upload_batch",
    "upload_divisions",
]
