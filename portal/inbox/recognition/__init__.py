"""What a comment holds, read before it is saved: personal data, its proper channel, hard words, repeats.

Pure rules over text. They point and explain; a person decides, and nothing here deletes anything.
"""
