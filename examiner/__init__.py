"""The grading engine of Models of Neural Data: it never reaches students."""
