"""The main job: from export files to a department's graded risk points in the database."""

from .job import Report, run
from .request import Request

__all__ = ["Report", "Request", "run"]
