"""MODEL: what a dossier is. Reads and writes nothing, and imports nothing of ours but itself."""

from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Location, Problem, UnreadableError
from dossier.model.problems.rules import RULES
from dossier.model.quotations.capture import LOCK_FILE_NAME
from dossier.model.settings import HandwrittenPage, Settings

__all__ = ["LOCK_FILE_NAME", "RULES", "Dossier", "HandwrittenPage", "Location", "Problem", "Settings", "UnreadableError"]
