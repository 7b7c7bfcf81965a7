"""Fields with a check of their column (`db_check`): for a column that is there."""

from typing import Any

from django.db import migrations


class AddColumnCheck(migrations.AlterField):
    """Add the check of the field to its column; Django adds it to new columns only."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name)
        check = column.db_check(schema_editor.connection)
        name = self._name_of_check(schema_editor, model)
        schema_editor.execute(schema_editor._create_check_sql(model, name, check))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        name = self._name_of_check(schema_editor, model)
        schema_editor.execute(schema_editor._delete_check_sql(model, name))

    def _name_of_check(self, schema_editor: Any, model: Any) -> Any:
        column = model._meta.get_field(self.name).column
        return schema_editor._create_index_name(
            model._meta.db_table, [column], suffix="_check"
        )
