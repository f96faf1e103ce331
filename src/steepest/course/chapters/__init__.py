"""The chapters, a folder each: texts, code, homework."""
