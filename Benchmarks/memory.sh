# Memory, and the cost of many containers. Sourced by run.sh after runtime.sh, whose peak of `create` it prints.

readonly herd=200

# Memory of processes that are not in a container, that were not there before, and that are not ours: in MiB, from their
# proportional set size.
pids_now() { printf '%s\n' /proc/[0-9]*; }
resident_beside() {
    local own pid before=" $1 "
    own=$(readlink /proc/self/ns/pid)
    for pid in /proc/[0-9]*; do
        [[ $before != *" ${pid#/proc/} "* && ${pid#/proc/} != "$BASHPID" ]] || continue
        [[ $(readlink "$pid/ns/pid" 2>/dev/null) == "$own" ]] || continue
        [[ $(readlink "$pid/exe" 2>/dev/null) == *nexcage* ]] || continue
        awk '/^Pss:/ { print $2 }' "$pid/smaps_rollup" 2>/dev/null
    done | awk '{ sum += $1 } END { printf "%.2f", sum / 1024 }'
}

before=$(pids_now | sed 's,.*/,,' | tr '\n' ' ')
"$nexcage" run --detach --name resident "oci:$work/image:busybox" /bin/sleep 1000 </dev/null >>"$log" 2>&1 || failed=yes
sleep 1
beside=$(resident_beside "$before")
"$nexcage" delete --force resident </dev/null >>"$log" 2>&1 || failed=yes

for ((i = 0; i < herd; i++)); do
    "$nexcage" create --bundle "$work/sleeping" "herd-$i" </dev/null >>"$log" 2>&1 || failed=yes
    "$nexcage" start "herd-$i" </dev/null >>"$log" 2>&1 || failed=yes
done
printf '[list]\nlist %s list\n' "$nexcage" | measure 2 5
for ((i = 0; i < herd; i++)); do
    "$nexcage" delete --force "herd-$i" </dev/null >>"$log" 2>&1 || failed=yes
done

header 'Memory and lists'
limit 'peak memory of create' "$(figure life-nexcage create 6 | awk '{ print $1 / 1024 }')" MiB 12
limit 'the same with a seccomp profile' "$(figure seccomp-nexcage create 6 | awk '{ print $1 / 1024 }')" MiB 12
limit 'resident beside a running container' "$beside" MiB 2
limit "list with $herd containers" "$(figure list list 3)" ms 50
echo
