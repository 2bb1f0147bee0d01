// Measures programs that live for milliseconds, several against each other.
//
//   bench ROUNDS BURST LOG < PLAN
//
// A plan is cases of steps:
//
//     [crun]                          a case
//     create crun create -b /b c@     a step: its label, its command; @ stands for a number of its own
//     -sweep crun delete -f c@        a step that is not measured
//     -settle                         no command: wait until all that the case has started is gone
//
// In a round each case has its turn, so that a busy moment hits all of them. A turn is BURST repetitions that count after
// one that does not: what a container costs depends on what the kernel still has to do for the one before it (RCU, the
// end of its namespaces), and that one shall be of the same program. Between turns the kernel gets time to finish.
//
// The result is one line a step on stdout, and one a case with the label "total":
//
//     case TAB label TAB median ms TAB min ms TAB 90th percentile ms TAB median of the peak RSS in KiB TAB failures
//
// Output of the commands is discarded, their stderr appended to LOG. What a command leaves behind becomes a child of this
// program (subreaper), because init reaps too slowly to wait for it.
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

enum { maximum_cases = 32, maximum_steps = 16, maximum_words = 64, rest_milliseconds = 30 };

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

static double *numbers(int samples) {
    double *list = calloc((size_t)samples, sizeof *list);
    if (list == NULL) die("out of memory");
    return list;
}

static void read_plan(int samples) {
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
            new->totals = numbers(samples);
            continue;
        }
        if (case_count == 0) die("a plan begins with a [case]");
        bench_case *current = &cases[case_count - 1];
        if (current->count == maximum_steps) die("too many steps");
        step *new = &current->steps[current->count++];
        new->label = strdup(word);
        new->milliseconds = numbers(samples);
        new->kibibytes = numbers(samples);
        while ((word = strsep(&rest, " \n")) != NULL) {
            if (*word == '\0') continue;
            if (new->count == maximum_words - 1) die("too many words");
            new->words[new->count++] = strdup(word);
        }
    }
    free(line);
}

// The word with every @ replaced by the number.
static char *expand(const char *word, int number) {
    char text[4096];
    size_t length = 0;
    for (; *word != '\0' && length < sizeof text - 16; word++) {
        if (*word == '@') {
            length += (size_t)snprintf(text + length, 16, "%d", number);
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
static bool run(step *step, int number, const posix_spawn_file_actions_t *streams, double *elapsed, double *peak) {
    extern char **environ;
    char *arguments[maximum_words] = {NULL};
    for (int i = 0; i < step->count; i++) arguments[i] = expand(step->words[i], number);
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

static void settle(void) {
    while (wait(NULL) > 0 || errno == EINTR) continue;
}

// One repetition of a case. A negative sample does not count.
static void repeat(bench_case *current, int number, int sample, const posix_spawn_file_actions_t *streams) {
    for (int i = 0; i < current->count; i++) {
        step *step = &current->steps[i];
        if (step->count == 0) {
            settle();
            continue;
        }
        double elapsed = 0, peak = 0;
        if (!run(step, number, streams, &elapsed, &peak)) step->failures++;
        if (sample < 0) continue;
        step->milliseconds[sample] = elapsed;
        step->kibibytes[sample] = peak;
        if (step->label[0] != '-') current->totals[sample] += elapsed;
    }
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void print(const char *name, const char *label, double *times, double *peaks, int samples, int failures) {
    qsort(times, (size_t)samples, sizeof *times, ascending);
    double peak = 0;
    if (peaks != NULL) {
        qsort(peaks, (size_t)samples, sizeof *peaks, ascending);
        peak = peaks[samples / 2];
    }
    printf("%s\t%s\t%.3f\t%.3f\t%.3f\t%.0f\t%d\n", name, label, times[samples / 2], times[0],
        times[samples * 9 / 10], peak, failures);
}

int main(int count, char **arguments) {
    int rounds = count == 4 ? atoi(arguments[1]) : 0;
    int burst = count == 4 ? atoi(arguments[2]) : 0;
    if (rounds < 1 || burst < 1) die("usage: bench ROUNDS BURST LOG < PLAN");
    int samples = rounds * burst;
    read_plan(samples);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);

    posix_spawn_file_actions_t streams;
    posix_spawn_file_actions_init(&streams);
    posix_spawn_file_actions_addopen(&streams, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&streams, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, arguments[3], O_WRONLY | O_CREAT | O_APPEND, 0644);

    int number = 0;
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < case_count; i++) {
            nanosleep(&(struct timespec){.tv_nsec = rest_milliseconds * 1000 * 1000}, NULL);
            repeat(&cases[i], number++, -1, &streams);
            for (int j = 0; j < burst; j++) repeat(&cases[i], number++, round * burst + j, &streams);
        }
    }

    int failures = 0;
    for (int i = 0; i < case_count; i++) {
        int failures_of_case = 0;
        for (int j = 0; j < cases[i].count; j++) {
            step *step = &cases[i].steps[j];
            failures_of_case += step->failures;
            if (step->label[0] == '-') continue;
            print(cases[i].name, step->label, step->milliseconds, step->kibibytes, samples, step->failures);
        }
        print(cases[i].name, "total", cases[i].totals, NULL, samples, failures_of_case);
        failures += failures_of_case;
    }
    return failures == 0 ? 0 : 1;
}
