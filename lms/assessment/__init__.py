"""Quizzes and exams: attempts, answers, grades."""
