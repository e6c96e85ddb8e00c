"""How long does `parallax check` take beside a group-by of duckdb and polars on the same file?

    pip install duckdb polars
    python benches/peers.py target/release/parallax STUDY [ROUNDS]

Each program runs as a process of its own, in turn, ROUNDS times (3); the table has the best wall
time and the largest memory of each. The peers count statements by speaker and code; parallax reads
every column, checks every value and every reference. Only parallax does the second half, so equal
time is a win. Nothing else should run on the machine meanwhile.
"""

import os
import sys
import time

DUCKDB = """
import sys, duckdb
duckdb.sql(f"select speaker, code, count(*) as n from '{sys.argv[1]}' group by all").fetchall()
"""
DUCKDB_ALL = """
import sys, duckdb
duckdb.sql(f"create table t as select * from '{sys.argv[1]}'")
duckdb.sql("select speaker, code, count(*) as n from t group by all").fetchall()
"""
POLARS = """
import sys, polars
polars.scan_csv(sys.argv[1]).group_by("speaker", "code").len().collect()
"""
POLARS_ALL = """
import sys, polars
polars.read_csv(sys.argv[1]).group_by("speaker", "code").len()
"""


def run(command):
    """Seconds and MiB of one process and its children."""
    start = time.perf_counter()
    process = os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ],
    )
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"failed: {command}")
    return seconds, usage.ru_maxrss / 1024


def main():
    program, study = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    table = os.path.join(study, "statements.csv")
    commands = {
        "parallax check": [program, "-C", study, "check"],
        "duckdb, columns of the group-by": [sys.executable, "-c", DUCKDB, table],
        "duckdb, every column": [sys.executable, "-c", DUCKDB_ALL, table],
        "polars, columns of the group-by": [sys.executable, "-c", POLARS, table],
        "polars, every column": [sys.executable, "-c", POLARS_ALL, table],
    }
    measured = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            measured[name].append(run(command))
    megabytes = os.path.getsize(table) / 1e6
    print(f"{megabytes:.0f} MB, {os.cpu_count()} cores, best of {rounds}\n")
    print("| | seconds | MB/s | peak MiB |\n|---|--:|--:|--:|")
    for name, runs in measured.items():
        seconds = min(seconds for seconds, _ in runs)
        peak = max(peak for _, peak in runs)
        print(f"| {name} | {seconds:.2f} | {megabytes / seconds:.0f} | {peak:.0f} |")


main()
