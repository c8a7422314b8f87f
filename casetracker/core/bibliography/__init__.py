"""Reading and writing bibliographies: CSL-JSON, BibTeX and RIS, to and from one plain description of a document.

What is read is what the file says. What it means for a source is for those who know sources.
"""
