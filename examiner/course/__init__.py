"""What the course says of itself: `course.toml`, its objectives, where its links lead.

The files of the course come in; frozen facts go out. Every other room reads them and none writes them.
"""
