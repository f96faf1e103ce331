"""What Steepest costs beside what others cost: `python -m benchmarks` runs every case and writes the tables.

Two sides do the same work (data, network, number of updates, batch size), each in a process of its own, taking turns.
The clock of a side starts when its libraries are imported and its data are in memory, and stops when the last run's
test accuracy is known: building, compiling, training and evaluating count. The whole life of the process, imports
included, is reported beside it. Ratios are taken pair by pair, before any median.
"""
