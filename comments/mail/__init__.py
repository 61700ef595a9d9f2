"""Mails to visitors and moderators: when, in which words, and how they are handed over."""
