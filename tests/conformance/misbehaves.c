/* What does a plugin look like that keeps to everything but one thing?
 *
 * Each MISBEHAVIOUR below is one way not to keep to the interface; NOTHING keeps to it. The sound part
 * counts the statements of each code, hands over a table, and reads one parameter.
 */
#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "parallax_plugin.h"

#include <fcntl.h>
#include <fenv.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The ways, which `-DMISBEHAVIOUR=` chooses from. */
#define NOTHING 0
#define NO_JSON 1
#define ANOTHER_ID 2
#define NO_ENGLISH 3
#define NO_DEFAULT 4
#define CRASHES_ON_EMPTY 5
#define CRASHES_ON_MISSING 6
#define READS_UNKNOWN_KINDS 7
#define WRITES_INTO_THE_STUDY 8
#define FAST_MATH 9
#define ROUNDS_ELSEWHERE 10
#define PRINTS 11
#define PRINTS_ERRORS 12
#define LEAVES_A_FILE_OPEN 13
#define CHANGES_THE_FOLDER 14
#define ABORTS 15
#define EXITS 16
#define NEVER_ENDS 17
#define CLOSES_EVERYTHING 18
#define OVERFLOWS 19
#define LEAVES_A_THREAD 20
#define UNKNOWN_TEMPLATE 21
#define COUNTS_RUNS 22
#define TELLS_AN_ADDRESS 23
#define SHARED_BETWEEN_THREADS 24
#define NOT_UTF8 25
#define FINDINGS_NO_JSON 26
#define NO_JOB 27
#define TABLE_ABOUT_NOTHING 28
#define TABLE_NAME_NOT_UTF8 29
#define CRASHES_ON_BAD_PARAMETERS 30
#define CRASHES_ON_OLD_JOB 31
#define UNKNOWN_STATUS 32
#define PANICS 33
#define NO_REASON 34
#define FAILS 35
#define IGNORES_CANCELLATION 36
#define CRASHES_WHEN_LOADED 37
#define EXITS_IN_THE_ENTRY 38
#define REFUSES_IN_SILENCE 39
#define WRONG_MAGIC 40
#define ANOTHER_MAJOR 41
#define NEEDS_NEWER 42
#define SERVES_ANY_MAJOR 43
#define NO_RUN 44
#define BEYOND_ITS_ROOM 45
#define ANOTHER_MODEL 46
#define WILL_NOT_START 47
#define FILLS_TOO_LITTLE 48
#define CRASHES_WITHOUT_PARAMETERS 49
#define CRASHES_ON_ANOTHER_UNIT 50
#define CRASHES_WITHOUT_CLAIMS 51
#define FAILS_ON_MANY 52
#define FAILS_WHEN_CANCELLED 53
#define CATCHES_SIGNALS 54

#if MISBEHAVIOUR == NO_JSON
#define MANIFEST "a plugin that counts"
#elif MISBEHAVIOUR == ANOTHER_ID
#define ID "somebody-else"
#elif MISBEHAVIOUR == NO_ENGLISH
#define TITLE "{\"nl\":\"Tellen\"}"
#elif MISBEHAVIOUR == NO_DEFAULT
#define DEFAULT ""
#endif

#ifndef ID
#define ID "misbehaves"
#endif
#ifndef TITLE
#define TITLE "\"Counting\""
#endif
#ifndef DEFAULT
#define DEFAULT ",\"default\":0"
#endif
#ifndef MANIFEST
#define MANIFEST                                                                                   \
  "{\"id\":\"" ID "\",\"version\":\"1.0.0\",\"title\":" TITLE ",\"question\":\"How many?\","        \
  "\"method\":\"Counting.\",\"parameters\":{\"type\":\"object\",\"additionalProperties\":false,"   \
  "\"properties\":{\"at_least\":{\"type\":\"integer\"" DEFAULT "}}},"                               \
  "\"templates\":{\"all\":{\"title\":\"All\",\"sentence\":\"{statements} statements.\"}},"         \
  "\"words\":{\"statements\":\"statements\",\"by-code\":\"by code\"}}"
#endif

static parallax_string text(const char *start) { return (parallax_string){start, strlen(start)}; }

static int is(parallax_string name, const char *word) {
  return name.len == strlen(word) && memcmp(name.start, word, name.len) == 0;
}

static const parallax_table *table(const parallax_reading *reading, const char *name) {
  for (uint32_t t = 0; t < reading->n_tables; t++) {
    if (is(reading->tables[t]->name, name)) return reading->tables[t];
  }
  return NULL;
}

static const parallax_column *column(const parallax_reading *reading, const char *of,
                                     const char *name) {
  const parallax_table *found = table(reading, of);
  for (uint32_t c = 0; found != NULL && c < found->n_columns; c++) {
    if (is(found->columns[c]->name, name)) return found->columns[c];
  }
  return NULL;
}

/* Something that a compiler cannot leave out. */
static volatile uint64_t sink;

/* What a run does that it should not, before it counts. */
static void misbehave(const parallax_job *job, const parallax_reading *reading, uint64_t rows) {
  (void)job;
  (void)reading;
  (void)rows;
#if MISBEHAVIOUR == CRASHES_ON_EMPTY
  if (column(reading, "roles", "id")->len == 0) abort();
#elif MISBEHAVIOUR == CRASHES_ON_MISSING
  const parallax_column *coders = column(reading, "statements", "coder");
  if (rows > 0) sink += coders->len;
#elif MISBEHAVIOUR == CRASHES_WITHOUT_CLAIMS
  if (rows > 0 && column(reading, "claims", "id")->len == 0) abort();
#elif MISBEHAVIOUR == CRASHES_ON_ANOTHER_UNIT
  if (*(const uint8_t *)column(reading, "reading", "unit")->values == 0) abort();
#elif MISBEHAVIOUR == CATCHES_SIGNALS
  signal(SIGUSR1, SIG_IGN);
#elif MISBEHAVIOUR == READS_UNKNOWN_KINDS
  for (uint32_t t = 0; t < reading->n_tables; t++) {
    for (uint32_t c = 0; c < reading->tables[t]->n_columns; c++) {
      const parallax_column *any = reading->tables[t]->columns[c];
      if (any->len > 0 && any->kind != PARALLAX_TEXTS && any->kind != PARALLAX_LISTS) {
        sink += *(const volatile uint8_t *)any->values;
      }
    }
  }
#elif MISBEHAVIOUR == WRITES_INTO_THE_STUDY
  const parallax_column *codes = column(reading, "statements", "code");
  if (rows == 20) {
    volatile uint32_t *written = (volatile uint32_t *)(uintptr_t)codes->values;
    written[0] = written[0];
  }
#elif MISBEHAVIOUR == ROUNDS_ELSEWHERE
  fesetround(FE_UPWARD);
#elif MISBEHAVIOUR == PRINTS
  printf("counted %" PRIu64 " statements\n", rows);
#elif MISBEHAVIOUR == PRINTS_ERRORS
  fprintf(stderr, "counted %" PRIu64 " statements\n", rows);
#elif MISBEHAVIOUR == LEAVES_A_FILE_OPEN
  sink += (uint64_t)open("/dev/null", O_RDONLY);
#elif MISBEHAVIOUR == CHANGES_THE_FOLDER
  if (chdir("/usr") != 0) sink++;
#elif MISBEHAVIOUR == ABORTS
  abort();
#elif MISBEHAVIOUR == EXITS
  exit(0);
#elif MISBEHAVIOUR == NEVER_ENDS
  for (;;) sink++;
#elif MISBEHAVIOUR == CLOSES_EVERYTHING
  for (int file = 0; file < 256; file++) close(file);
#endif
}

#if MISBEHAVIOUR == OVERFLOWS
static uint64_t deep(uint64_t level) {
  if (level == UINT64_MAX) return 0;
  volatile char frame[4096];
  frame[0] = (char)level;
  return deep(level + 1) + (uint64_t)frame[0];
}
#endif

#if MISBEHAVIOUR == LEAVES_A_THREAD
static void *idles(void *nothing) {
  for (;;) sleep(1);
  return nothing;
}
#endif

/* What is found: how many statements there are, by code. */
static int32_t hand_over(const parallax_job *job, const parallax_column *codes,
                         const int64_t *counts, uint64_t rows) {
  const char *about = "all", *named = "all";
#if MISBEHAVIOUR == UNKNOWN_TEMPLATE
  named = "none";
#endif
#if MISBEHAVIOUR == COUNTS_RUNS
  static uint64_t runs = 0;
  rows += runs++;
#elif MISBEHAVIOUR == TELLS_AN_ADDRESS
  rows += (uint64_t)(uintptr_t)&sink >> 12;
#elif MISBEHAVIOUR == SHARED_BETWEEN_THREADS
  static volatile uint64_t shared;
  shared = 0;
  usleep(2000);
  shared += rows;
  usleep(2000);
  rows = shared;
#endif
  char json[512];
  int wrote = snprintf(
      json, sizeof json,
      "[{\"about\":\"%s\",\"template\":\"%s\",\"measures\":[{\"name\":\"statements\",\"number\":"
      "{\"kind\":\"count\",\"value\":%" PRIu64 "}}],\"basis\":{\"kind\":\"none\","
      "\"reason\":\"statements are counted\"}}]",
      about, named, rows);
  if (wrote < 0 || (size_t)wrote >= sizeof json) return PARALLAX_FAILED;
#if MISBEHAVIOUR == NOT_UTF8
  json[4] = (char)0xff;
#elif MISBEHAVIOUR == FINDINGS_NO_JSON
  json[0] = '<';
#elif MISBEHAVIOUR == NO_JOB
  job->findings(NULL, (parallax_string){json, (size_t)wrote});
  return PARALLAX_OK;
#endif
  int32_t status = job->findings(job, (parallax_string){json, (size_t)wrote});
  /* A host of version 1.0 takes no tables. */
  int takes_tables = job->struct_size >= offsetof(parallax_job, parameter_i64);
  if (status != PARALLAX_OK || !takes_tables) return status;
  parallax_column count = {.struct_size = sizeof count,
                           .kind = PARALLAX_I64,
                           .name = text("statements"),
                           .len = codes->dictionary->len,
                           .values = counts};
  const parallax_column *columns[] = {&count};
  parallax_table made = {.struct_size = sizeof made,
                         .n_columns = 1,
                         .name = text("by-code"),
                         .n_rows = count.len,
                         .columns = columns};
#if MISBEHAVIOUR == TABLE_ABOUT_NOTHING
  about = "nothing";
#elif MISBEHAVIOUR == TABLE_NAME_NOT_UTF8
  made.name = text("\xff\xfe");
#endif
  return job->table(job, text(about), &made);
}

static int32_t run(void *state, const parallax_job *job, const parallax_reading *reading,
                   parallax_string parameters) {
  (void)state;
  (void)parameters;
  int64_t at_least = 0;
  if (job->struct_size >= sizeof *job) {
    int32_t read = job->parameter_i64(job, text("/at_least"), &at_least);
#if MISBEHAVIOUR == CRASHES_ON_BAD_PARAMETERS
    if (read != PARALLAX_OK && read != PARALLAX_ABSENT) abort();
#else
    if (read != PARALLAX_OK && read != PARALLAX_ABSENT) {
      job->reason(job, text("`at_least` is no whole number"));
      return PARALLAX_FAILED;
    }
#endif
  }
#if MISBEHAVIOUR == CRASHES_ON_OLD_JOB
  sink += (uint64_t)job->parameter_count(job, text("/at_least"), (uint64_t *)&at_least);
#endif
  const parallax_column *codes = column(reading, "statements", "code");
  if (codes == NULL || codes->kind != PARALLAX_CODES) return PARALLAX_MALFORMED;
  uint64_t rows = codes->len;
  misbehave(job, reading, rows);
#if MISBEHAVIOUR == OVERFLOWS
  sink += deep(rows);
#elif MISBEHAVIOUR == LEAVES_A_THREAD
  pthread_t thread;
  if (pthread_create(&thread, NULL, idles, NULL) == 0) pthread_detach(thread);
#elif MISBEHAVIOUR == CRASHES_WITHOUT_PARAMETERS
  if (is(parameters, "{}")) abort();
#elif MISBEHAVIOUR == UNKNOWN_STATUS
  return 42;
#elif MISBEHAVIOUR == PANICS
  job->reason(job, text("it panicked: index out of bounds, at src/lib.rs:20:29"));
  return PARALLAX_PANICKED;
#elif MISBEHAVIOUR == NO_REASON
  return PARALLAX_NOT_AVAILABLE;
#elif MISBEHAVIOUR == FAILS
  job->reason(job, text("it lost count"));
  return PARALLAX_FAILED;
#endif
  int64_t *counts = calloc(codes->dictionary->len + 1, sizeof *counts);
  if (counts == NULL) return PARALLAX_FAILED;
  const uint32_t *code = codes->values;
  int32_t status = PARALLAX_OK;
  for (uint64_t row = 0; row < rows && status == PARALLAX_OK; row++) {
    if (code[row] != PARALLAX_NONE) counts[code[row]]++;
#if MISBEHAVIOUR == IGNORES_CANCELLATION
    if (rows > 50000 && row % 1000 == 0) usleep(50000);
#else
    if (row % 1024 == 0) status = job->progress(job, row, rows);
#endif
#if MISBEHAVIOUR == FAILS_WHEN_CANCELLED
    if (status != PARALLAX_OK) status = PARALLAX_FAILED;
#endif
  }
#if MISBEHAVIOUR == FAILS_ON_MANY
  if (status == PARALLAX_OK && rows > 50000) {
    job->reason(job, text("there are too many statements"));
    status = PARALLAX_FAILED;
  }
#endif
  if (status == PARALLAX_OK) status = hand_over(job, codes, counts, rows);
  free(counts);
  return status;
}

#if MISBEHAVIOUR == FAST_MATH && defined(__x86_64__)
/* What `-ffast-math` does when it is linked, on compilers that still do it. */
__attribute__((constructor)) static void flush_to_zero(void) {
  __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | 0x8040);
}
#elif MISBEHAVIOUR == CRASHES_WHEN_LOADED
__attribute__((constructor)) static void crash(void) { abort(); }
#endif

__attribute__((visibility("default"))) int32_t parallax_plugin_misbehaves(
    const parallax_host *host, parallax_plugin *plugin) {
  uint32_t room = plugin->struct_size;
  if (host->magic != PARALLAX_MAGIC || room < offsetof(parallax_plugin, manifest_json)) {
    return PARALLAX_VERSION;
  }
#if MISBEHAVIOUR == EXITS_IN_THE_ENTRY
  exit(0);
#endif
#if MISBEHAVIOUR == REFUSES_IN_SILENCE
  if (host->abi_major != PARALLAX_ABI_MAJOR) return PARALLAX_VERSION;
#endif
  plugin->magic = MISBEHAVIOUR == WRONG_MAGIC ? 7 : PARALLAX_MAGIC;
  plugin->abi_major = MISBEHAVIOUR == ANOTHER_MAJOR ? 2 : PARALLAX_ABI_MAJOR;
  plugin->abi_minor = PARALLAX_ABI_MINOR;
  plugin->requires_minor = MISBEHAVIOUR == NEEDS_NEWER ? 7 : 0;
#if MISBEHAVIOUR != SERVES_ANY_MAJOR
  if (host->abi_major != PARALLAX_ABI_MAJOR) return PARALLAX_VERSION;
#endif
  /* The size of version 1.0, which ends where `model_version` begins. */
  if (room < offsetof(parallax_plugin, model_version)) return PARALLAX_VERSION;
  int is_whole = room >= sizeof *plugin;
  plugin->struct_size = is_whole ? sizeof *plugin : offsetof(parallax_plugin, model_version);
#if MISBEHAVIOUR == FILLS_TOO_LITTLE
  plugin->struct_size = offsetof(parallax_plugin, manifest_json);
#endif
  plugin->manifest_json = (parallax_string){MANIFEST, sizeof MANIFEST - 1};
  plugin->state = NULL;
  plugin->run = MISBEHAVIOUR == NO_RUN ? NULL : run;
#if MISBEHAVIOUR == BEYOND_ITS_ROOM
  is_whole = 1;
#endif
  if (is_whole) {
    plugin->model_version = MISBEHAVIOUR == ANOTHER_MODEL ? 4 : PARALLAX_MODEL_VERSION;
    plugin->get_extension = NULL;
  }
  return MISBEHAVIOUR == WILL_NOT_START ? PARALLAX_FAILED : PARALLAX_OK;
}
