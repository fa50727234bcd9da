"""The contract that every department's plugin keeps."""

from risk.testing import contract

test_contract = contract("urban_management")
