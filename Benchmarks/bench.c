// Measures programs that live for milliseconds, several against each other.
//
//   bench ROUNDS LOG < PLAN
//
// A plan is cases of steps:
//
//     [crun]                          a case; cases take turns within a round, so that a busy moment hits each
//     create crun create -b /b c@     a step: its label, its command; @ stands for the round's number
//     -sweep crun delete -f c@        a step that is not measured
//     -settle                         no command: wait until all that the case has started is gone, and a moment
//
// The result is one line a step on stdout, and one a case with the label "total":
//
//     case TAB label TAB median ms TAB min ms TAB 90th percentile ms TAB median of the peak RSS in KiB TAB failures
//
// Output of the commands is discarded, their stderr appended to LOG. Two rounds go before the ones that count. What a
// command leaves behind becomes a child of this program (subreaper), because init reaps too slowly to wait for it.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { maximum_cases = 32, maximum_steps = 16, maximum_words = 64, warm_up = 2 };

typedef struct {
    char *label;
    char *words[maximum_words];
    int count;
    double *milliseconds;
    double *kibibytes;
    int failures;
} step;

typedef struct {
    char *name;
    step steps[maximum_steps];
    int count;
    double *totals;
} bench_case;

static bench_case cases[maximum_cases];
static int case_count;

static void die(const char *what) {
    fprintf(stderr, "bench: %s\n", what);
    exit(2);
}

static double *numbers(int rounds) {
    double *list = calloc((size_t)rounds, sizeof *list);
    if (list == NULL) die("out of memory");
    return list;
}

static void read_plan(int rounds) {
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) > 0) {
        char *rest = line;
        char *word = strsep(&rest, " \n");
        if (word == NULL || *word == '\0' || *word == '#') continue;
        if (*word == '[') {
            if (case_count == maximum_cases) die("too many cases");
            bench_case *new = &cases[case_count++];
            new->name = strndup(word + 1, strcspn(word + 1, "]"));
            new->totals = numbers(rounds);
            continue;
        }
        if (case_count == 0) die("a plan begins with a [case]");
        bench_case *current = &cases[case_count - 1];
        if (current->count == maximum_steps) die("too many steps");
        step *new = &current->steps[current->count++];
        new->label = strdup(word);
        new->milliseconds = numbers(rounds);
        new->kibibytes = numbers(rounds);
        while ((word = strsep(&rest, " \n")) != NULL) {
            if (*word == '\0') continue;
            if (new->count == maximum_words - 1) die("too many words");
            new->words[new->count++] = strdup(word);
        }
    }
    free(line);
}

// The word with every @ replaced by the round's number.
static char *expand(const char *word, int round) {
    char text[4096];
    size_t length = 0;
    for (; *word != '\0' && length < sizeof text - 16; word++) {
        if (*word == '@') {
            length += (size_t)snprintf(text + length, 16, "%d", round);
        } else {
            text[length++] = *word;
        }
    }
    return strndup(text, length);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

// Runs a command and reaps whatever else ends meanwhile: a runtime that waits for a process to vanish waits for us.
static bool run(step *step, int round, const posix_spawn_file_actions_t *streams, double *elapsed, double *peak) {
    extern char **environ;
    char *arguments[maximum_words] = {NULL};
    for (int i = 0; i < step->count; i++) arguments[i] = expand(step->words[i], round);
    pid_t child;
    int status = 0;
    struct rusage usage;
    double begin = now();
    int failure = posix_spawnp(&child, arguments[0], streams, NULL, arguments, environ);
    if (failure == 0) {
        pid_t ended;
        do {
            ended = wait4(-1, &status, 0, &usage);
        } while (ended != child && (ended > 0 || errno == EINTR));
        *elapsed = now() - begin;
        *peak = (double)usage.ru_maxrss;
    }
    for (int i = 0; i < step->count; i++) free(arguments[i]);
    return failure == 0 && status == 0;
}

// The kernel dismantles namespaces after their last process is gone, and whoever makes the next ones waits for that.
static void settle(void) {
    while (wait(NULL) > 0 || errno == EINTR) continue;
    nanosleep(&(struct timespec){.tv_nsec = 30 * 1000 * 1000}, NULL);
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void print(const char *name, const char *label, double *times, double *peaks, int rounds, int failures) {
    qsort(times, (size_t)rounds, sizeof *times, ascending);
    double peak = 0;
    if (peaks != NULL) {
        qsort(peaks, (size_t)rounds, sizeof *peaks, ascending);
        peak = peaks[rounds / 2];
    }
    printf("%s\t%s\t%.3f\t%.3f\t%.3f\t%.0f\t%d\n", name, label, times[rounds / 2], times[0], times[rounds * 9 / 10],
        peak, failures);
}

int main(int count, char **arguments) {
    int rounds = count == 3 ? atoi(arguments[1]) : 0;
    if (rounds < 1) die("usage: bench ROUNDS LOG < PLAN");
    read_plan(rounds);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);

    posix_spawn_file_actions_t streams;
    posix_spawn_file_actions_init(&streams);
    posix_spawn_file_actions_addopen(&streams, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&streams, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, arguments[2], O_WRONLY | O_CREAT | O_APPEND, 0644);

    for (int round = -warm_up; round < rounds; round++) {
        for (int i = 0; i < case_count; i++) {
            bench_case *current = &cases[i];
            for (int j = 0; j < current->count; j++) {
                step *step = &current->steps[j];
                if (step->count == 0) {
                    settle();
                    continue;
                }
                double elapsed = 0, peak = 0;
                // Ids may not begin with a dash, so the warm-up's numbers are positive too.
                if (!run(step, round + warm_up, &streams, &elapsed, &peak)) step->failures++;
                if (round < 0) continue;
                step->milliseconds[round] = elapsed;
                step->kibibytes[round] = peak;
                if (step->label[0] != '-') current->totals[round] += elapsed;
            }
        }
    }

    int failures = 0;
    for (int i = 0; i < case_count; i++) {
        int failures_of_case = 0;
        for (int j = 0; j < cases[i].count; j++) {
            step *step = &cases[i].steps[j];
            failures_of_case += step->failures;
            if (step->label[0] == '-') continue;
            print(cases[i].name, step->label, step->milliseconds, step->kibibytes, rounds, step->failures);
        }
        print(cases[i].name, "total", cases[i].totals, NULL, rounds, failures_of_case);
        failures += failures_of_case;
    }
    return failures == 0 ? 0 : 1;
}
