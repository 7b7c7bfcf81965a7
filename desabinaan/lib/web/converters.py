"""Path converters: parts of a URL that have a meaning of their own."""

from django.urls import register_converter


class RegionCode:
    """A village's official code, such as 36.04.13.2007."""

    regex = r"\d{2}\.\d{2}\.\d{2}\.\d{4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RegionCode, "region")
