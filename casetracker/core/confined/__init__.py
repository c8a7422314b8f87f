"""Running a program that reads hostile bytes in a process of its own.

`parent` starts it and listens to it; `child` is what it does first. The child's half needs the standard library alone.
"""
