"""What people read of grades: a student's page, the class report, the list for a person.

Verdicts and scores come in; text and pages go out. It changes no grade.
"""
