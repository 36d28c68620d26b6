"""What tests share: test data, how to read what the program makes, a browser, hostile files."""
