"""Learns from a class: mistakes that no hint knew become drafts for the answer bank and for the tests.

Verdicts and graded notebooks come in; drafts without names go out, into `harvest/`, for an author to accept.
Answers run in the sandbox alone, and nothing of the course changes.
"""
