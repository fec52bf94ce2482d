"""The trainers' first pages: own courses, the cohort, applications, preview as a learner."""
