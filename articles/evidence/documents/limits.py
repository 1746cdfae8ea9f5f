"""What reading one document may take.

A page of 20 MB, the most that is fetched, took 6 s of CPU and 360 MB; a PDF of 300 full pages 2 s.
"""

MEMORY = 1_500_000_000  # bytes of address space
CPU_SECONDS = 15
WALL_SECONDS = 60  # for a machine with more to do; an editor waits for it
MOST_TEXT = 20_000_000  # characters
MOST_OUTPUT = 100_000_000  # bytes of the child's answer: as many characters in UTF-8
MOST_VALUE = 20_000  # characters of one bibliographic value as found
