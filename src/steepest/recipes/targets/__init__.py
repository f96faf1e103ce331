"""The libraries that a recipe can be written for, one file each; adding one is a file and a line of `recipe.TARGETS`.

A module has TITLE, CHECKED (with what its recipes were run), RATE_WORDS, `imports`, `builtin` (the library's own
optimizer that is exactly a rule, or why there is none), `optimizer`, `network`, `training` and `main_lines`.
"""
