"""The contract that every department's plugin keeps, one check a sentence."""
