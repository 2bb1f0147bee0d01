// libcrun behind a door: no type of libcrun crosses this header, so a release that moves its fields breaks one folder.
//
// Promises that hold for every function:
// - strings are only read during the call; NULL stands for "not given"; every path must be absolute;
// - libcrun's text comes back in `error`, and nothing is printed on the caller's stderr;
// - 0 (or the documented value) is success, -1 is failure with `error` filled. Warnings may be there in both cases;
// - without libcrun in the build each of them fails with "libcrun is not part of this build".
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// A container and how to treat it: the fields of libcrun's context that nexcage decides about.
typedef struct {
    const char *state_root;      // libcrun keeps <state_root>/<id>/ and <state_root>/.cache/seccomp
    const char *id;
    const char *bundle;          // create and restore; relative paths in config.json are relative to it
    const char *console_socket;
    const char *pid_file;
    const char *notify_socket;   // systemd's NOTIFY_SOCKET
    int32_t preserve_fds;        // descriptors 3 ..< 3+n reach the container
    int32_t listen_fds;          // LISTEN_FDS: further n descriptors, announced to systemd-aware programs
    int32_t lock_fd;             // create and restore: stays open in whoever builds the container; 0 is none
    const char *time_offsets;    // create: what goes to timens_offsets of a new time namespace ("" nothing); NULL is none
    bool systemd_cgroup;
    bool no_cgroup;
    bool no_pivot;
    bool no_new_keyring;
    bool detach;                 // exec: return once the process runs. create always does; restore has its own option
} nxc_crun_context;

// What went wrong, or was worth a warning, in libcrun's words. Several messages are joined by "; ".
typedef struct {
    int32_t status;              // an errno value, or 0 when libcrun gave none
    char message[2048];
    char warnings[2048];
} nxc_crun_error;

// The process of an exec: a file or its bytes (OCI `process` object), the bytes winning.
typedef struct {
    const char *path;
    const void *json;
    size_t json_length;
    const char *cgroup;          // a sub-cgroup of the container's, or NULL
} nxc_crun_process;

typedef enum {
    NXC_CRUN_CGROUPS_DEFAULT = 0, // what `crun checkpoint` does without the flag
    NXC_CRUN_CGROUPS_SOFT,
    NXC_CRUN_CGROUPS_IGNORE,
    NXC_CRUN_CGROUPS_FULL,
    NXC_CRUN_CGROUPS_STRICT,
} nxc_crun_cgroups_mode;

// All options of a dump and of a restore. The directories must exist.
typedef struct {
    const char *image_path;
    const char *work_path;
    const char *parent_path;     // pre-dump chains
    const char *console_socket;
    const char *lsm_profile;     // releases that know it; elsewhere giving one is an error
    const char *lsm_mount_context;
    bool leave_running;
    bool tcp_established;
    bool shell_job;
    bool ext_unix_sk;
    bool file_locks;
    bool pre_dump;
    bool detach;                 // restore only
    nxc_crun_cgroups_mode manage_cgroups_mode;
} nxc_crun_checkpoint;

// The text of a report as a C string. Swift sees a C array as a tuple, which has no address of its own.
const char *nxc_crun_error_message(const nxc_crun_error *error);
const char *nxc_crun_error_warnings(const nxc_crun_error *error);

// Whether libcrun is part of this build. Swift cannot ask the C preprocessor.
bool nxc_crun_available(void);

// The linked release ("1.8.1") and its commit, "" when absent. Macros of C that Swift does not import.
const char *nxc_crun_version(void);
const char *nxc_crun_commit(void);

// Whether libcrun was built with CRIU. It finds libcriu.so.2 and `criu` only when asked to dump. A macro of C.
bool nxc_crun_has_criu(void);

// Creates the container from the bytes of a config.json and returns when it waits for start. Nothing of the caller's
// is inherited but stdio, the preserved descriptors and lock_fd. Works in a fork of its own, which Swift must not
// write: libcrun changes the working directory, blocks signals and joins a keyring on the way.
int nxc_crun_create(const nxc_crun_context *context, const void *json, size_t length, nxc_crun_error *error);

// Lets a created container run its program. Swift would have to know libcrun's exec fifo.
int nxc_crun_start(const nxc_crun_context *context, nxc_crun_error *error);

// Sends a signal ("TERM", "SIGTERM" or "15") to the init process, or to every process of the container's cgroup.
// Swift would have to repeat libcrun's pidfd and start-time check.
int nxc_crun_kill(const nxc_crun_context *context, const char *signal, bool all, nxc_crun_error *error);

// Removes a stopped or created container with its cgroup and state; with force a running one too, and an unknown one is no
// error. libcrun's status file and cgroup managers are private to it.
int nxc_crun_delete(const nxc_crun_context *context, bool force, nxc_crun_error *error);

// Runs a further process. Detached: 0 once it runs. Else its exit code once it ended (128+n after signal n); then libcrun
// works in the calling process: it takes over signals and waits for *every* child, and the limits of the process object
// stay with the caller. Swift cannot join namespaces: that is setns and fork in C.
int nxc_crun_exec(const nxc_crun_context *context, const nxc_crun_process *process, nxc_crun_error *error);

// Freezes and thaws. libcrun knows which freezer (v1, v2, systemd) the container was given.
int nxc_crun_pause(const nxc_crun_context *context, nxc_crun_error *error);
int nxc_crun_resume(const nxc_crun_context *context, nxc_crun_error *error);

// Applies a `linux.resources` object. libcrun translates v1 values to v2 and tells systemd.
int nxc_crun_update(const nxc_crun_context *context, const void *json, size_t length, nxc_crun_error *error);

// Stores the host's pids of the container (`recurse`: of sub-cgroups too) in *pids, to be freed by the caller, and returns
// their number. The cgroup's path is in libcrun's status file.
ssize_t nxc_crun_pids(const nxc_crun_context *context, bool recurse, pid_t **pids, nxc_crun_error *error);

// Dumps a container into images; without leave_running and pre_dump it is deleted afterwards. CRIU's library is C.
int nxc_crun_checkpoint_container(
    const nxc_crun_context *context, const nxc_crun_checkpoint *options, nxc_crun_error *error);

// Brings a dumped container back. Detached: 0 once it runs; else its exit code. As above.
int nxc_crun_restore_container(
    const nxc_crun_context *context, const nxc_crun_checkpoint *options, nxc_crun_error *error);
