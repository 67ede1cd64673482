"""The base of row forms: each row of a list is a form, and its errors carry the row's number in the spreadsheet."""

from django import forms


class RowForm(forms.Form):
    """One row. ``number`` is what the spreadsheet shows at its left; ``shared`` is what the importer prepared."""

    use_required_attribute = False

    def __init__(self, row, *, shared, actor):
        self.number, self.shared, self.actor = row.number, shared, actor
        self.is_known = False
        super().__init__(data=row.values)

    def errors_for(self, labels):
        """[{"row", "column", "reason"}]: one entry for each thing that is wrong; ``labels`` are columns' labels by
        key."""
        return [
            {"row": self.number, "column": str(labels.get(name, "")), "reason": str(reason)}
            for name, reasons in self.errors.items()
            for reason in reasons
        ]
