// What the files of this folder share. Only nxc_crun_call.c and its callers see libcrun's types.
#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CLibcrun.h"

#if __has_include(<libcrun/container.h>)
#define NXC_HAS_LIBCRUN 1
#include <nexcage-libcrun.h>
#include <config.h>
#include <libcrun/utils.h>
#include <libcrun/container.h>
#include <libcrun/error.h>

// One piece of work for libcrun. Returns libcrun's result; `argument` is the caller's.
typedef int (*nxc_step)(libcrun_context_t *crun, void *argument, libcrun_error_t *err);

// Does a step in this process. Returns its result, or -1 with `error` filled.
int nxc_crun_call(const nxc_crun_context *context, nxc_step step, void *argument, nxc_crun_error *error);

// Does a step in a child that owns no descriptor of ours but stdio and the preserved ones, and waits for that child.
int nxc_crun_call_forked(const nxc_crun_context *context, nxc_step step, void *argument, nxc_crun_error *error);
#endif

// Fills a report with a text of our own. Returns -1, for `return nxc_crun_fail(…)`.
int nxc_crun_fail(nxc_crun_error *error, int status, const char *message);
