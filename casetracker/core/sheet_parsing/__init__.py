"""Takes CSV and XLSX files apart: the half of `casetracker.core.spreadsheets` that touches hostile bytes.

Only the standard library is imported here, because these modules run in a process of their own, with little memory,
no files and no environment. What is wrong is told in codes; `casetracker.core.spreadsheets.messages` has the words.
"""
