"""MODEL: what a dossier is. Reads and writes nothing, and imports nothing of ours but itself."""

from dossier.model.captures import LOCK
from dossier.model.dossier import Dossier
from dossier.model.problem import Place, Problem, Unreadable
from dossier.model.rules import RULES
from dossier.model.settings import HandPage, Settings

__all__ = ["LOCK", "RULES", "Dossier", "HandPage", "Place", "Problem", "Settings", "Unreadable"]
