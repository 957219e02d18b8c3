"""From the files of a submission to the notebook that is examined.

Files as bytes come in; a notebook that fits the release goes out, with a sentence for each repair and each
doubt. It runs nothing of what it reads.
"""
