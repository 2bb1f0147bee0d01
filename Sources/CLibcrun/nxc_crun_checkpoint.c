// Dump and restore. Both in a fork: CRIU's library leaves descriptors and children behind, and restore needs the bundle as
// its working directory.
#include "nxc_crun_internal.h"

#ifdef NXC_HAS_LIBCRUN

#include <errno.h>
#include <unistd.h>

// The numbers of CRIU's RPC protocol (`CriuCgMode` in rpc.proto). Its C header would drag protobuf-c into this build.
static int cgroups_mode(nxc_crun_cgroups_mode mode) {
    switch (mode) {
    case NXC_CRUN_CGROUPS_DEFAULT: return -1;
    case NXC_CRUN_CGROUPS_IGNORE: return 0;
    case NXC_CRUN_CGROUPS_SOFT: return 3;
    case NXC_CRUN_CGROUPS_FULL: return 4;
    case NXC_CRUN_CGROUPS_STRICT: return 5;
    }
    return -1;
}

static int translate(const nxc_crun_checkpoint *from, libcrun_checkpoint_restore_t *to, libcrun_error_t *err) {
    // libcrun declares paths without const and does not write to them.
    *to = (libcrun_checkpoint_restore_t){
        .image_path = (char *)from->image_path,
        .work_path = (char *)from->work_path,
        .parent_path = (char *)from->parent_path,
        .console_socket = from->console_socket,
        .leave_running = from->leave_running,
        .tcp_established = from->tcp_established,
        .shell_job = from->shell_job,
        .ext_unix_sk = from->ext_unix_sk,
        .file_locks = from->file_locks,
        .pre_dump = from->pre_dump,
        .detach = from->detach,
        .manage_cgroups_mode = cgroups_mode(from->manage_cgroups_mode),
    };
    if (from->image_path == NULL) return libcrun_make_error(err, EINVAL, "no directory for the images");
#ifdef NXC_LIBCRUN_HAS_LSM_OPTIONS
    to->lsm_profile = (char *)from->lsm_profile;
    to->lsm_mount_context = (char *)from->lsm_mount_context;
#else
    if (from->lsm_profile != NULL || from->lsm_mount_context != NULL)
        return libcrun_make_error(err, ENOTSUP, "libcrun %s knows no LSM options", PACKAGE_VERSION);
#endif
    return 0;
}

static int dump(libcrun_context_t *crun, void *argument, libcrun_error_t *err) {
    libcrun_checkpoint_restore_t options;
    if (translate(argument, &options, err) < 0) return -1;
    return libcrun_container_checkpoint(crun, crun->id, &options, err);
}

int nxc_crun_checkpoint_container(
    const nxc_crun_context *context, const nxc_crun_checkpoint *options, nxc_crun_error *error) {
    return nxc_crun_call_forked(context, dump, (void *)options, error);
}

static int restore(libcrun_context_t *crun, void *argument, libcrun_error_t *err) {
    libcrun_checkpoint_restore_t options;
    if (translate(argument, &options, err) < 0) return -1;
    // libcrun reads "config.json" from the working directory here, whatever the context's bundle is.
    if (chdir(crun->bundle) < 0) return libcrun_make_error(err, errno, "chdir `%s`", crun->bundle);
    return libcrun_container_restore(crun, crun->id, &options, err);
}

int nxc_crun_restore_container(
    const nxc_crun_context *context, const nxc_crun_checkpoint *options, nxc_crun_error *error) {
    return nxc_crun_call_forked(context, restore, (void *)options, error);
}

#endif
