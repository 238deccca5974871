"""The pages of whoever hosts, gathered on one blueprint."""

from app.live import board, controlling, helping, preparing
from app.live.hosting_desk import bp

__all__ = ["board", "bp", "controlling", "helping", "preparing"]
