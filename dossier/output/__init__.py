"""OUTPUT: what a site needs beside its pages (style, scripts, search index, CSP), and pages as files for any host."""
