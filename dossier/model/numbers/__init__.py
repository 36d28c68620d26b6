"""Numbers: parser of printed numbers, parser of arithmetic expressions, and their evaluation."""
