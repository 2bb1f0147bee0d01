# What scripts/test-vm.sh runs in its guest, as root, in /payload. Prints TAP.
cd /payload || exit 1
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
count=0

# is WHAT WANTED FOUND
is() {
    count=$((count + 1))
    if [ "$2" = "$3" ]; then echo "ok $count - $1"; else
        echo "not ok $count - $1"
        echo "#   wanted: $2"
        echo "#   found:  $3"
    fi
}

nexcage() { ./nexcage "$@" 2>&1 </dev/null; }
words() { tr '\n' ' ' <"$1" | sed 's/ $//'; }

mkdir -p b/rootfs/bin b/rootfs/proc b/rootfs/dev b/rootfs/sys b/rootfs/tmp b/rootfs/etc
cp /bin/busybox b/rootfs/bin/
for name in sh sleep cat echo; do ln -s busybox b/rootfs/bin/$name; done

is "the hierarchy is unified" "unified" "$(nexcage info --format json | jq -r .cgroups)"
is "health finds nothing wrong" "0" "$(nexcage health >/dev/null && echo 0)"

# life FLAGS CGROUPSPATH BACKEND
life() {
    nexcage spec --bundle b >/dev/null
    jq --arg path "$2" '.process.terminal=false | .process.args=["/bin/sh","-c","sleep 1000"]
        | .process.oomScoreAdj=-500 | .process.rlimits=[{"type":"RLIMIT_NOFILE","hard":1000000,"soft":1000}]
        | .linux.resources={"memory":{"limit":67108864},"cpu":{"quota":50000,"period":100000},"pids":{"limit":33}}
        | if $path == "" then . else .linux.cgroupsPath=$path end' b/config.json >c && mv c b/config.json
    what="$3 ${1:-cgroupfs}"
    # Into files: the container keeps them, and a pipe would never end.
    ./nexcage $1 --runtime "$3" create --bundle b vm >out 2>err </dev/null
    is "$what: create" "" "$(cat err)"
    is "$what: start" "" "$(nexcage start vm)"
    is "$what: state" "running" "$(nexcage state vm | jq -r .status)"
    pid=$(nexcage state vm | jq .pid)
    group=/sys/fs/cgroup$(cut -d: -f3 "/proc/$pid/cgroup")
    is "$what: limits" "67108864 50000 100000 33" "$(words $group/memory.max) $(words $group/cpu.max) $(words $group/pids.max)"
    is "$what: oom score" "-500" "$(cat /proc/$pid/oom_score_adj)"
    is "$what: hard limit" "1000000" "$(awk '/Max open files/ { print $5 }' /proc/$pid/limits)"
    is "$what: update" "" "$(nexcage update --memory 96M --cpu-quota 25000 --pids-limit 44 vm)"
    is "$what: limits after it" "100663296 25000 100000 44" "$(words $group/memory.max) $(words $group/cpu.max) $(words $group/pids.max)"
    is "$what: pause" "paused" "$(nexcage pause vm; nexcage state vm | jq -r .status)"
    is "$what: resume" "running" "$(nexcage resume vm; nexcage state vm | jq -r .status)"
    is "$what: events" "100663296" "$(nexcage events --stats vm | jq .data.memory.usage.limit)"
    is "$what: exec" "inside" "$(nexcage exec vm /bin/echo inside)"
    is "$what: ps" "$pid" "$(nexcage ps --format json vm | jq '.[0]')"
    nexcage kill vm KILL
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        [ "$(nexcage state vm | jq -r .status)" = stopped ] && break
        sleep 1
    done
    is "$what: delete" "" "$(nexcage delete vm)"
    is "$what: no group is left" "" "$(find /sys/fs/cgroup -name '*vm*' -path '*vm')"
}

life "" "" crun
life --systemd-cgroup system.slice:nexcage:vm crun
is "no scope is left" "" "$(systemctl list-units --all --no-legend 'nexcage-*.scope')"
life "" /vm runc
life --systemd-cgroup system.slice:nexcage:vm runc

# The guest has no modules but those of its disks, and so no overlay.
place="--storage-driver vfs --root /payload/storage --runroot /payload/run --tmpdir /payload/tmp"
tar -C b/rootfs -c . | podman $place import -q - local:test >/dev/null
podman="podman $place --runtime /payload/nexcage --cgroup-manager systemd"
is "podman run" "hi" "$($podman run --rm --network none local:test /bin/echo hi 2>&1)"
$podman run -d --name vm --network none --memory 64m local:test /bin/sleep 1000 >/dev/null
group=/sys/fs/cgroup$($podman inspect --format '{{.State.CgroupPath}}' vm)
is "podman's limit" "67108864" "$(find $group -name memory.max -exec cat {} \; | grep -v max | sort -u)"
is "podman exec" "inside" "$($podman exec vm /bin/echo inside)"
is "podman pause" "paused" "$($podman pause vm >/dev/null; $podman inspect --format '{{.State.Status}}' vm)"
$podman unpause vm >/dev/null
is "podman rm" "" "$($podman rm -f -t 0 vm >/dev/null; $podman ps -aq)"
echo "1..$count"
