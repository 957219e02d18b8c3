"""From what learning platforms hand out to the folders in `submitted/`, and the roster of who is who.

A zip file or a folder of submissions, or an export of the class, comes in. One folder for each student and
assignment goes out, and a list of what could not be placed. Work that stands there already is never lost.
"""
