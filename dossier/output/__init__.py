"""OUTPUT: what a finished site needs beside its pages: style and script, search index, policy, frame. Knows no host."""
