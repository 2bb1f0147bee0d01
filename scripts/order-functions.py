#!/usr/bin/env python3
"""Writes the functions that every start runs, for the linker to put side by side (docs/adr/0004).

    make order      builds an unstripped nexcage with a link map, and calls this

    order-functions.py NEXCAGE MAP OUTPUT

Runs a container's life under valgrind's callgrind, as root, with Debian's static busybox. The output is one mangled name a
line, those of most verbs first. Names that later builds do not have are passed over by the linker, so that the file gets
worse with time, not wrong.
"""

import collections
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

# A section of many functions, as the standard library's outlined ones, would pull all of them to the front.
LARGEST_SECTION = 64 << 10
# What valgrind's processor runs, and what a newer one runs in its place.
OLD_VECTORS = re.compile(r"(__(?:mem|str|rawmem)[a-z]+)_(?:avx2|sse\w+)(?:_\w+)?$")
NEW_VECTORS = re.compile(r"(__(?:mem|str|rawmem)[a-z]+)_(?:evex|avx512)(?:_\w+)?$")


def make_bundle(folder, program):
    """A bundle whose container sleeps."""
    os.makedirs(f"{folder}/rootfs/bin")
    shutil.copy("/bin/busybox", f"{folder}/rootfs/bin/sleep")
    subprocess.run([program, "spec", "--bundle", folder], check=True)
    with open(f"{folder}/config.json") as file:
        spec = json.load(file)
    spec["process"].update(args=["/bin/sleep", "1000"], terminal=False, rlimits=[])
    with open(f"{folder}/config.json", "w") as file:
        json.dump(spec, file)


def seal_valgrind():
    """Makes what the program takes for itself read-only: it would seal itself with a call that valgrind does not know."""
    tools = "/usr/libexec/valgrind"
    subprocess.run(["mount", "--bind", tools, tools], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", tools], check=True)


def functions_run(program, folder):
    """How many of a container's verbs run a function, by mangled name."""
    command = [program, "--root", f"{folder}/state"]
    verbs = [["create", "--bundle", folder, "order"], ["state", "order"], ["start", "order"], ["list"],
             ["delete", "order"], ["--version"]]
    counts = collections.Counter()
    for number, verb in enumerate(verbs):
        if verb[0] == "delete":
            # Without valgrind, which does not know pidfd_send_signal.
            subprocess.run([*command, "kill", "order", "KILL"], check=True)
            while '"stopped"' not in subprocess.run([*command, "state", "order"], capture_output=True, text=True).stdout:
                time.sleep(0.01)
        profile = f"{folder}/profile.{number}"
        subprocess.run(
            ["valgrind", "--tool=callgrind", "--demangle=no",
             f"--callgrind-out-file={profile}.%p", *command, *verb],
            check=True, timeout=120, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seen = set()
        for name in glob.glob(f"{profile}.*"):
            with open(name) as file:
                seen.update(re.findall(r"^c?fn=\(\d+\) ([^\s']+)", file.read(), re.MULTILINE))
        counts.update(seen)
    return counts


def sections(path):
    """The size of the section in which a symbol is, by the linker's map."""
    sizes, size = {}, 0
    with open(path, errors="replace") as file:
        for line in file:
            match = re.match(r" *[0-9a-f]+ +[0-9a-f]+ +([0-9a-f]+) +\d+( +)(.*)$", line)
            if not match:
                continue
            if len(match[2]) == 9:
                size = int(match[1], 16)
            elif len(match[2]) > 9:
                sizes[match[3]] = size
    return sizes


def main(program, link_map, output):
    folder = tempfile.mkdtemp(prefix="nexcage-order.", dir="/dev/shm")
    try:
        make_bundle(folder, program)
        seal_valgrind()
        counts = functions_run(program, folder)
    finally:
        shutil.rmtree(folder)
    sizes = sections(link_map)
    order = [name for name, _ in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
             if 0 < sizes.get(name, 0) <= LARGEST_SECTION]
    old = {match[1] for match in map(OLD_VECTORS.match, counts) if match}
    order += sorted(name for name in sizes if (match := NEW_VECTORS.match(name)) and match[1] in old)
    with open(output, "w") as file:
        file.write("\n".join(order) + "\n")


if __name__ == "__main__":
    if "unshared" not in os.environ:
        # Mounts of our own, gone with us.
        os.execvpe("unshare", ["unshare", "--mount", sys.executable, *sys.argv], {**os.environ, "unshared": "yes"})
    main(*sys.argv[1:])
