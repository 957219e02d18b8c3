"""The way back: grades and feedback pages in the form in which a learning platform takes them.

Scores, pages and the platform's own export come in; a grade file and a zip file of pages go out. What was
returned is remembered, so that the next time it can say what has changed.
"""
