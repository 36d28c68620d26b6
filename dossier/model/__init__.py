"""MODEL: what a dossier is. Reads and writes nothing, and imports nothing of ours but itself."""

from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Place, Problem, Unreadable
from dossier.model.problems.rules import RULES
from dossier.model.quotations.capture import LOCK
from dossier.model.settings import HandPage, Settings

__all__ = ["LOCK", "RULES", "Dossier", "HandPage", "Place", "Problem", "Settings", "Unreadable"]
