"""`make mutants`: take each guard away in turn and list what no test noticed."""
