"""The outside of the walls: starts confined processes, guards them, and speaks with what runs in them.

Limits and requests come in; outputs, values and the time that was used go out. Whatever a process answers is
checked here before anybody uses it.
"""
