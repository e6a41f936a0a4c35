"""Desktop: the window. Only this package and `painter` import pygame."""
