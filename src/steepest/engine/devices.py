"""The devices, under the name they had here."""

from ..devices import cache_folder, prepare

__all__ = ["cache_folder", "prepare"]
