"""The command line. Its modules import the layers below only when a command runs, so that `--help` costs nothing."""
