"""Render: state -> the semantic tree of a screen, by the registry of screens."""

from __future__ import annotations

from game.ui.screens.registry import SCREENS
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode


def render_top(app: AppState) -> TreeNode:
    """The tree of the topmost screen, which takes the input."""
    return render_view(app, app.top)


def render_view(app: AppState, view: ScreenView) -> TreeNode:
    """The tree of one screen of the stack."""
    return SCREENS[view.screen].draw(app, view)
