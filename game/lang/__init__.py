"""The story language: parse, type-check and compile conditions, effects and markup."""
