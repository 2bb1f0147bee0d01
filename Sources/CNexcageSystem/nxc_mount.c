#define _GNU_SOURCE
#include "nxc_mount.h"

#include <sys/mount.h>

int nxc_unmount_detach(const char *target) {
    return umount2(target, MNT_DETACH | UMOUNT_NOFOLLOW);
}
