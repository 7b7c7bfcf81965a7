"""Find the workflow tables of all apps."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

from desabinaan.lib.workflow.transitions import Table, Transition


def workflow_tables() -> dict[str, Table]:
    """Return every table by app and name, such as "fgd.plan.ACTION"."""
    return {
        f"{config.name}.{name}": table
        for config in apps.get_app_configs()
        for name, table in _tables_of(config)
    }


def _tables_of(config: AppConfig) -> list[tuple[str, Table]]:
    if not module_has_submodule(config.module, "workflow"):
        return []
    module = import_module(f"{config.name}.workflow")
    return [
        (name, value)
        for name, value in vars(module).items()
        if isinstance(value, dict)
        and value
        and all(isinstance(row, Transition) for row in value.values())
    ]
