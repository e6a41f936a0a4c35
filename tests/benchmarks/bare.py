"""The least that a pygame program with words in a window does, for comparison with `play`."""

import sys

import pygame

pygame.init()
window = pygame.display.set_mode((1280, 720))
font = pygame.font.Font(sys.argv[1], 32)
window.blit(font.render("The jar is half full.", True, "black", "white"), (40, 40))
pygame.display.flip()
pygame.quit()
