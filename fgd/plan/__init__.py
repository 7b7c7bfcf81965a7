"""Recommendations, agreed actions, progress, evidence and verification."""
