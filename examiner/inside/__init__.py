"""All that a student process holds of the engine: what runs a student's cells and speaks with the other end.

It gets requests over a wire (run a cell, fork, call a function) and answers with plain data. A student can
read every file here, and no other file of the engine, so nothing here is a secret.
"""
