# `run` of an image, against podman. Sourced by run.sh.

mkdir -p "$work/podman"
podman_here pull --quiet "oci:$work/image:busybox" >>"$log" 2>&1 || failed=yes
podman_image=$(podman_here images --quiet | head -n 1)

# Limits: a host may have lower hard ones than podman's defaults.
podman_run=(
    podman --root "$work/podman/root" --runroot "$work/podman/run" --tmpdir "$work/podman/tmp"
    --cgroup-manager cgroupfs --events-backend file
    run --rm --network none --ulimit nofile=20000:20000 --ulimit nproc=9000:9000
)
measure "${BENCH_ROUNDS:-10}" 2 <<PLAN
[run-nexcage]
run $nexcage run --rm oci:$work/image:busybox /bin/true
-settle
[run-podman]
run ${podman_run[*]} $podman_image /bin/true
-settle
[podman-nexcage]
run ${podman_run[*]/#run/--runtime $nexcage run} $podman_image /bin/true
-settle
[podman-crun]
run ${podman_run[*]/#run/--runtime crun run} $podman_image /bin/true
-settle
[podman-runc]
run ${podman_run[*]/#run/--runtime runc run} $podman_image /bin/true
-settle
PLAN

header 'Images'
ratio 'run --rm IMAGE true' run-nexcage run-podman run podman 0.2
ratio 'podman run --rm, by runtime' podman-nexcage podman-crun run crun 0.97
ratio 'podman run --rm, by runtime' podman-nexcage podman-runc run runc 0.85
