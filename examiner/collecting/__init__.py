"""From a learning platform's zip file to the folders in `submitted/`.

A zip file and what is known of people come in; one folder for each student and assignment goes out, and
a list of what could not be placed. Work that stands there already is never lost.
"""
