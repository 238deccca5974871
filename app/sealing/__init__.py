"""Bytes to sealed bytes, and honest words about which seal a file carries.

Owns keys, certificates and signatures. Refuses to know what a document says and whose it is.
"""
