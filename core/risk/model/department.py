"""Who enforces, and what is known of the places where it does."""

from __future__ import annotations

from pydantic import Field

from .base import Model


class Place(Model):
    """A road or site with features that matter for causes, e.g. 老旧小区 or 泊位紧缺."""

    name: str = Field(min_length=1)
    district: str | None = None
    features: tuple[str, ...] = ()


class Department(Model):
    """A department as its plugin presents it; `id` equals the plugin's name.

    `unit` is the responsible unit that a published list names; `places` is the department's own
    register of places, by which causes and measures are matched.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    unit: str = Field(min_length=1)
    places: tuple[Place, ...] = ()
