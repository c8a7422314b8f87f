"""The shapes of answers, for the OpenAPI description alone: answers are stored texts.

Tests hold real answers against them. What is not known is null; lists are empty instead.
"""
