/* What crosses between parallax and a native analysis, version 1.0.
 *
 * The same as core/plugin/src/abi.rs, which explains the rules: fields are only appended, every
 * struct says its own size, memory never changes owner, and nothing throws across. A plugin in the
 * file libword_count.so has the id word-count and exports
 *
 *     int32_t parallax_plugin_word_count(const parallax_host *, parallax_plugin *);
 *
 * which writes magic and its version before it refuses a host of another major version.
 */
#ifndef PARALLAX_PLUGIN_H
#define PARALLAX_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARALLAX_MAGIC 0x584C5250u
#define PARALLAX_ABI_MAJOR 1
#define PARALLAX_ABI_MINOR 0
#define PARALLAX_MODEL_VERSION 1
/* No value, in columns of 32-bit numbers and codes. */
#define PARALLAX_NONE 0xFFFFFFFFu

/* What an entry and a run return. Unknown values are taken for PARALLAX_FAILED. */
#define PARALLAX_OK 0
#define PARALLAX_NOT_AVAILABLE 1
#define PARALLAX_CANCELLED 2
#define PARALLAX_FAILED (-1)
#define PARALLAX_PANICKED (-2)
#define PARALLAX_VERSION (-3)
#define PARALLAX_MALFORMED (-4)

/* What `values` of a column is. A reader skips a column of a kind it does not know. */
#define PARALLAX_U8 1u    /* uint8_t[len] */
#define PARALLAX_U32 2u   /* uint32_t[len] */
#define PARALLAX_I64 3u   /* int64_t[len] */
#define PARALLAX_F64 4u   /* double[len]; a NaN is no value */
#define PARALLAX_CODES 5u /* uint32_t[len]: rows of `dictionary` */
#define PARALLAX_TEXTS 6u /* UTF-8; text i lies between offsets i and i + 1 */
#define PARALLAX_LISTS 7u /* uint32_t[offsets[len]]: rows of `dictionary`, row by row */

#define PARALLAX_ERROR 1u
#define PARALLAX_WARN 2u
#define PARALLAX_INFO 3u
#define PARALLAX_DEBUG 4u
#define PARALLAX_TRACE 5u

/* UTF-8 without a zero at its end; start may be NULL when len is 0. */
typedef struct parallax_string {
  const char *start;
  size_t len;
} parallax_string;

typedef struct parallax_column {
  uint32_t struct_size;
  uint32_t kind;
  parallax_string name;
  uint64_t len;
  uint64_t null_count;
  const uint8_t *validity; /* a bit for each row, lowest first; NULL: nothing is left out */
  const void *values;
  const int64_t *offsets;
  const struct parallax_column *dictionary;
} parallax_column;

typedef struct parallax_table {
  uint32_t struct_size;
  uint32_t n_columns;
  parallax_string name;
  uint64_t n_rows;
  const parallax_column *const *columns;
} parallax_table;

typedef struct parallax_reading {
  uint32_t struct_size;
  uint32_t model_version;
  uint32_t n_tables;
  uint32_t reserved;
  const parallax_table *const *tables;
} parallax_reading;

/* One run. It lives from the call of `run` to its return; any thread may use it. */
typedef struct parallax_job {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t id;
  uint64_t seed;
  void *context;
  /* Takes the findings, a JSON array; the host copies it. Return what it returns. */
  int32_t (*findings)(const struct parallax_job *job, parallax_string json);
  /* Takes the reason for having none, with a status other than PARALLAX_OK. */
  int32_t (*reason)(const struct parallax_job *job, parallax_string text);
  /* Takes how far the run is. An answer other than PARALLAX_OK: stop, and return it. */
  int32_t (*progress)(const struct parallax_job *job, uint64_t done, uint64_t total);
} parallax_job;

typedef struct parallax_host {
  uint32_t magic;
  uint32_t struct_size;
  uint16_t abi_major;
  uint16_t abi_minor;
  uint32_t reserved;
  const void *image;
  parallax_string name;
  parallax_string version;
  uint32_t (*log_level)(void);
  /* Ids and counts, never a participant's words. `fields` is a JSON object or empty. */
  void (*log)(uint64_t job, uint32_t level, parallax_string target, parallax_string message,
              parallax_string fields);
} parallax_host;

typedef struct parallax_plugin {
  uint32_t magic;
  uint32_t struct_size; /* before: the room the host has; after: what the plugin filled */
  uint16_t abi_major;
  uint16_t abi_minor;
  uint16_t requires_minor;
  uint16_t reserved;
  parallax_string manifest_json; /* lives as long as the process */
  void *state;
  /* Several threads may call it at once. */
  int32_t (*run)(void *state, const parallax_job *job, const parallax_reading *reading,
                 parallax_string parameters_json);
} parallax_plugin;

typedef int32_t (*parallax_entry)(const parallax_host *host, parallax_plugin *plugin);

#ifdef __cplusplus
}
#endif

#endif
