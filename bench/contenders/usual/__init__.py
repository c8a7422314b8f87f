"""The same stations, served as most projects with Django REST framework do it: models, serializers, a viewset.

Nothing of casetracker is in it. Lists prefetch what they nest, are filtered by django-filter, and have page numbers.
"""
