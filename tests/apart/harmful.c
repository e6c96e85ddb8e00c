/* What can a plugin do to the process that runs it? HARM chooses one way. */
#define _POSIX_C_SOURCE 200809L
#include "parallax_plugin.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum harm {
  NOTHING,
  ABORT,
  SEGFAULT,
  OVERFLOW,
  LOOP,
  EXIT,
  CLOSE_ALL,
  FLOOD_LOG,
  FLOOD_FINDINGS,
  FLOOD_OUTPUT,
  SLEEP,
  FORK,
  MEMORY,
  WRITE_STUDY,
  WRITE_FILE,
  CANCELLED_ONLY,
  NONSENSE,
  KILL_PARENT_GROUP,
  FORK_AND_SLEEP,
  LEAVE_ONE_AND_CRASH,
  REST_ON_NOTHING,
};

static const char MANIFEST[] =
    "{\"id\":\"harmful\",\"version\":\"1.0.0\",\"title\":\"Harm\",\"question\":\"What harm?\","
    "\"method\":\"Harming.\",\"templates\":{\"t\":{\"title\":\"T\",\"sentence\":\"S.\"}},"
    "\"parameters\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{"
    "\"harm\":{\"type\":\"integer\",\"default\":0},"
    "\"word\":{\"type\":\"string\",\"default\":\"\"}}}}";

static parallax_string text(const char *words) { return (parallax_string){words, strlen(words)}; }

/* Deeper than any stack, in a way that no compiler makes a loop of. */
static int deeper(int depth) {
  volatile char room[4096];
  room[0] = (char)depth;
  return depth < 0 ? 0 : deeper(depth + 1) + room[0];
}

static const parallax_column *first_numbers(const parallax_reading *reading) {
  for (uint32_t t = 0; t < reading->n_tables; t++) {
    const parallax_table *table = reading->tables[t];
    for (uint32_t c = 0; c < table->n_columns; c++) {
      if (table->columns[c]->kind == PARALLAX_CODES && table->columns[c]->len > 0) {
        return table->columns[c];
      }
    }
  }
  return NULL;
}

static void hog(void) {
  for (;;) {
    char *block = malloc(1 << 24);
    if (block == NULL) abort();
    memset(block, 1, 1 << 24);
  }
}

static void child_that_stays(void) {
  if (fork() == 0) {
    for (;;) pause();
  }
}

static void write_file(const parallax_job *job) {
  parallax_string path = {NULL, 0};
  char name[1024] = {0};
  if (job->parameter_string(job, text("/word"), &path) != PARALLAX_OK) return;
  if (path.len >= sizeof name) return;
  memcpy(name, path.start, path.len);
  int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file >= 0 && write(file, "harm", 4) < 0) close(file);
}

static int32_t harm(enum harm how, const parallax_job *job, const parallax_reading *reading) {
  volatile uint64_t rounds = 0;
  switch (how) {
    case NOTHING: break;
    case ABORT: abort();
    case SEGFAULT: *(volatile int *)8 = 1; break;
    case OVERFLOW: return deeper(1);
    case LOOP: for (;;) rounds++;
    case EXIT: exit(0);
    case CLOSE_ALL: for (int file = 0; file < 4096; file++) close(file); break;
    case FLOOD_LOG: break;
    case FLOOD_FINDINGS:
      for (;;) {
        int32_t status = job->findings(job, text(
            "[{\"about\":\"a\",\"template\":\"t\",\"basis\":{\"kind\":\"none\",\"reason\":\"r\"}}]"));
        if (status != PARALLAX_OK) return status;
      }
    case FLOOD_OUTPUT: for (;;) puts("somebody's words somebody's words somebody's words");
    case SLEEP: for (;;) sleep(1000);
    case LEAVE_ONE_AND_CRASH:
      if (fork() == 0) {
        setsid();
        sleep(20);
        _exit(0);
      }
      abort();
    case REST_ON_NOTHING:
      return job->findings(job, text(
          "[{\"about\":\"a\",\"template\":\"t\",\"basis\":{\"kind\":\"evidence\",\"items\":["
          "{\"kind\":\"statement\",\"id\":\"nowhere\",\"weight\":\"supporting\"}]}}]"));
    case FORK: child_that_stays(); break;
    case FORK_AND_SLEEP: child_that_stays(); for (;;) sleep(1000);
    case MEMORY: hog(); break;
    case WRITE_STUDY: {
      const parallax_column *column = first_numbers(reading);
      if (column != NULL) *(uint32_t *)(uintptr_t)column->values = 7;
      break;
    }
    case WRITE_FILE: write_file(job); break;
    case CANCELLED_ONLY:
      for (;;) {
        int32_t status = job->progress(job, 1, 2);
        if (status != PARALLAX_OK) return status;
      }
    case NONSENSE:
      for (int file = 100; file < 4096; file++) {
        if (write(file, "\x04\0\0\0what", 8) < 0) continue;
      }
      break;
    case KILL_PARENT_GROUP: kill(0, SIGKILL); break;
  }
  return PARALLAX_OK;
}

static const parallax_host *program;

static int32_t run(void *state, const parallax_job *job, const parallax_reading *reading,
                   parallax_string parameters) {
  (void)state;
  (void)parameters;
  int64_t how = 0;
  int32_t status = job->parameter_i64(job, text("/harm"), &how);
  if (status != PARALLAX_OK && status != PARALLAX_ABSENT) {
    job->reason(job, text("the parameter `harm` is no whole number"));
    return PARALLAX_FAILED;
  }
  if (how == FLOOD_LOG) {
    for (int line = 0; line < 1000000; line++) {
      program->log(job->id, PARALLAX_WARN, text("harmful"), text("again"), text(""));
    }
  }
  status = harm((enum harm)how, job, reading);
  if (status != PARALLAX_OK) return status;
  return job->findings(job, text("[]"));
}

__attribute__((visibility("default"))) int32_t parallax_plugin_harmful(const parallax_host *host,
                                                                       parallax_plugin *plugin);

int32_t parallax_plugin_harmful(const parallax_host *host, parallax_plugin *plugin) {
  uint32_t room = plugin->struct_size;
  if (host->magic != PARALLAX_MAGIC || room < offsetof(parallax_plugin, manifest_json)) {
    return PARALLAX_VERSION;
  }
  plugin->magic = PARALLAX_MAGIC;
  plugin->abi_major = PARALLAX_ABI_MAJOR;
  plugin->abi_minor = PARALLAX_ABI_MINOR;
  if (host->abi_major != PARALLAX_ABI_MAJOR || room < sizeof *plugin) return PARALLAX_VERSION;
  program = host;
  plugin->struct_size = sizeof *plugin;
  plugin->requires_minor = 1;
  plugin->manifest_json = text(MANIFEST);
  plugin->run = run;
  plugin->model_version = PARALLAX_MODEL_VERSION;
  return PARALLAX_OK;
}
