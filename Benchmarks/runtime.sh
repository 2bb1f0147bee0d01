# The verbs of an OCI runtime, against runtimes. Sourced by run.sh.

# The life of a container whose program ends by itself: CASE PROGRAM BUNDLE.
life() {
    cat <<PLAN
[$1]
create $2 create --bundle $work/$3 $1-@
start $2 start $1-@
-settle
delete $2 delete $1-@
PLAN
}

# Each verb by itself, on a container that runs: CASE PROGRAM.
verbs() {
    cat <<PLAN
[$1]
-create $2 create --bundle $work/sleeping $1-@
start $2 start $1-@
exec $2 exec $1-@ /bin/true
state $2 state $1-@
kill $2 kill $1-@ KILL
-settle
delete $2 delete $1-@
PLAN
}

version() { printf '[version-%s]\nversion %s --version\n' "$1" "$2"; }

{
    for peer in nexcage crun runc; do
        program=$peer
        [[ $peer != nexcage ]] || program=$nexcage
        life "life-$peer" "$program" plain
        life "seccomp-$peer" "$program" seccomp
        verbs "verbs-$peer" "$program"
        version "$peer" "$program"
    done
} | measure "${BENCH_ROUNDS:-10}" "${BENCH_BURST:-6}"

header 'OCI runtime'
ratio 'create + start + delete' life-nexcage life-crun total crun 0.7
ratio 'create + start + delete' life-nexcage life-runc total runc 0.4
ratio "the same with podman's seccomp profile" seccomp-nexcage seccomp-crun total crun 0.5
ratio 'start' verbs-nexcage verbs-crun start crun 0.5
ratio 'exec' verbs-nexcage verbs-crun exec crun 0.8
ratio 'state' verbs-nexcage verbs-crun state crun 0.5
ratio 'kill' verbs-nexcage verbs-crun kill crun 0.5
ratio 'delete' verbs-nexcage verbs-crun delete crun 0.5
ratio '--version' version-nexcage version-crun version crun 0.6
echo
