#!/usr/bin/env bash
# Runs nexcage in a Debian guest with unified cgroup v2 and systemd, which the machines that build it are not.
#
#   scripts/test-vm.sh FOLDER      FOLDER holds nexcage, nexcage-manager and nexcage-monitor, as .build/release does
#
# QEMU without KVM; nothing is left behind but files in $NEXCAGE_VM_CACHE (/var/cache/nexcage/vm): a root file system of
# 1.5 GB, made once in some minutes. What runs in the guest is scripts/test-vm-guest.sh. Prints TAP.
#
# Exit: 0 all passed, 1 something failed or the guest did not come to its end, 3 the guest cannot be made here.
set -Eeuo pipefail

readonly here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
readonly programs=${1:?usage: test-vm.sh FOLDER}
readonly cache=${NEXCAGE_VM_CACHE:-/var/cache/nexcage/vm}
# A new number makes the image anew.
readonly image=$cache/base-1.img
readonly modules=(virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk)

say() { printf 'test-vm: %s\n' "$*" >&2; }

work=$(mktemp -d "${TMPDIR:-/tmp}/nexcage-vm.XXXXXX")
trap 'rm -rf -- "$work"' EXIT

make_kernel() {
    local package
    package=$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image-6/ { print $2; exit }')
    (cd "$work" && apt-get -qq download "$package")
    dpkg -x "$work/$package"_*.deb "$work/kernel"
    cp "$work"/kernel/boot/vmlinuz-* "$cache/vmlinuz"
}

# Loads the drivers of the disks and goes over to the root on the first of them.
make_initrd() {
    local module root=$work/initrd
    mkdir -p "$root"/{bin,proc,sys,dev,mnt,lib}
    cp /bin/busybox "$root/bin/"
    for module in "${modules[@]}"; do
        find "$work/kernel/lib/modules" -name "$module.ko" -exec cp {} "$root/lib/" \;
    done
    cat >"$root/init" <<INIT
#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t devtmpfs dev /dev
for module in ${modules[*]}; do /bin/busybox insmod /lib/\$module.ko; done
while [ ! -b /dev/vda ]; do /bin/busybox sleep 0.1; done
/bin/busybox mount -t ext4 /dev/vda /mnt && exec /bin/busybox switch_root /mnt /sbin/init
INIT
    chmod 755 "$root/init"
    (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$cache/initrd.gz"
}

make_root() {
    local root=$work/root
    debootstrap --variant=minbase \
        --include=systemd-sysv,udev,dbus,podman,conmon,runc,netavark,iproute2,busybox-static,jq,procps \
        bookworm "$root" >"$work/debootstrap.log"
    cat >"$root/etc/systemd/system/payload.service" <<'UNIT'
[Unit]
After=multi-user.target dbus.service
[Service]
Type=oneshot
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS0
ExecStart=/bin/sh -c 'mkdir -p /payload && tar -C /payload -xf /dev/vdb && sh /payload/test-vm-guest.sh'
ExecStopPost=/bin/systemctl poweroff --force --force
UNIT
    mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
    ln -s ../payload.service "$root/etc/systemd/system/multi-user.target.wants/payload.service"
    ln -s /dev/null "$root/etc/systemd/system/serial-getty@ttyS0.service"
    mkfs.ext4 -q -d "$root" "$work/base.img" 1500M
    mv "$work/base.img" "$image"
}

if [[ ! -s $image ]]; then
    say "making a Debian root in $cache, once"
    mkdir -p "$cache"
    { make_kernel && make_initrd && make_root; } || { say "the guest cannot be made here"; exit 3; }
fi

cp "$programs"/nexcage "$programs"/nexcage-manager "$programs"/nexcage-monitor "$here/test-vm-guest.sh" "$work/"
tar -C "$work" -cf "$work/payload.tar" nexcage nexcage-manager nexcage-monitor test-vm-guest.sh
qemu-img create -q -f qcow2 -b "$image" -F raw "$work/disk.qcow2"
timeout 900 qemu-system-x86_64 -M pc -accel tcg,thread=multi -cpu max -m 3072 -smp 2 -nodefaults -display none \
    -serial stdio -no-reboot -kernel "$cache/vmlinuz" -initrd "$cache/initrd.gz" \
    -append "console=ttyS0 root=/dev/vda rw systemd.unified_cgroup_hierarchy=1 cgroup_no_v1=all quiet panic=-1" \
    -drive "file=$work/disk.qcow2,if=virtio" \
    -drive "file=$work/payload.tar,if=virtio,format=raw,readonly=on" </dev/null >"$work/console" || true

tr -d '\r' <"$work/console" | grep -aE '^(ok|not ok|#|1\.\.)' || true
grep -aqE '^1\.\.[0-9]+' "$work/console" || { say "the guest did not come to its end:"; tail -n 20 "$work/console" >&2; exit 1; }
! grep -aq '^not ok' "$work/console"
