"""Takes evidence apart and makes clean copies: the half of `casetracker.core.files` that touches hostile bytes.

These modules run in a process of their own, with little memory, no files and no environment, so they know nothing of
Django. What is wrong is told in codes; `casetracker.core.files` has the words.
"""
