"""Desktop: the window. Only this room and `painter` import pygame."""
