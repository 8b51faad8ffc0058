"""Outlines of the six plain shapes."""
import math


def outline(shape):
    """Corner points of a shape around the origin, its extent about 1."""
    turn = 2 * math.pi
    if shape == "circle":
        return [(math.cos(turn * i / 48), math.sin(turn * i / 48)) for i in range(48)]
    if shape == "square":
        return [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)]
    if shape == "triangle":
        return [(1.12 * math.sin(turn * i / 3), 0.15 - 1.12 * math.cos(turn * i / 3)) for i in range(3)]
    if shape == "star":
        radii = (1.15, 0.47)
        return [(radii[i % 2] * math.sin(turn * i / 10), -radii[i % 2] * math.cos(turn * i / 10)) for i in range(10)]
    if shape == "cross":
        a, b = 0.34, 1.02
        return [(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a), (a, b), (-a, b), (-a, a), (-b, a), (-b, -a), (-a, -a)]
    if shape == "heart":
        points = []
        for i in range(48):
            t = turn * i / 48
            x = 16 * math.sin(t) ** 3
            y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
            points.append((x / 16, -y / 16 - 0.08))
        return points
    raise ValueError(shape)
