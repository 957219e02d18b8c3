"""What students and readers get: the released notebooks, the public repository, the website.

The sources come in; what may be published goes out. A gate looks for secrets in all of it.
"""
