/* How is a plugin of parallax written in C, in C++, or in any language that can call C?
 *
 * A plugin is a shared library with one symbol. The file libword_count.so (or .dylib, or
 * word_count.dll) has the id word-count, and exports
 *
 *     int32_t parallax_plugin_word_count(const parallax_host *host, parallax_plugin *plugin);
 *
 * which does, in this order:
 *
 *  1. returns PARALLAX_VERSION when `host->magic` is not PARALLAX_MAGIC, or when
 *     `plugin->struct_size`, the room that the host has, ends before `manifest_json`;
 *  2. writes `magic`, `abi_major`, `abi_minor` and `requires_minor`, so that a host of another
 *     version can say which of the two is too old;
 *  3. returns PARALLAX_VERSION when `host->abi_major` is another than PARALLAX_ABI_MAJOR, or
 *     when there is no room for what it fills;
 *  4. fills `manifest_json`, `state`, `run`, and what of the rest there is room for, writes into
 *     `struct_size` how much of the struct it filled, and returns PARALLAX_OK.
 *
 * `run` reads the columns of the reading, hands findings to `job->findings`, and returns what
 * that returned; or it hands a sentence to `job->reason` and returns another status.
 *
 * What keeps the interface stable: fields are only appended, and every struct says its own size.
 * What came with 1.1 is there when `struct_size` reaches behind it. Memory never changes owner:
 * what goes in is borrowed for the call, what comes out is copied before the host's function
 * returns, nothing is freed across. No exception and no longjmp leaves a function, on either
 * side. Any thread may call a function of the host.
 *
 * This file is generated from core/plugin/src/abi.rs; a change here does not last. */
#ifndef PARALLAX_PLUGIN_H
#define PARALLAX_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#if UINTPTR_MAX != UINT64_MAX
#error "the interface of parallax is for systems of 64 bits"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What both sides write first: `PRLX` in a file of bytes. */
#define PARALLAX_MAGIC 0x584C5250u

/* The version of this interface; another major version is another language. */
#define PARALLAX_ABI_MAJOR 1

/* What was appended since the major version began. */
#define PARALLAX_ABI_MINOR 1

/* The version of the tables and columns of a reading: another one is another meaning of them.
   Columns that are only added leave it as it is. */
#define PARALLAX_MODEL_VERSION 1u

/* Done. */
#define PARALLAX_OK 0

/* The data do not allow the analysis; the reason was handed over. */
#define PARALLAX_NOT_AVAILABLE 1

/* The analysis was asked to stop, and did. */
#define PARALLAX_CANCELLED 2

/* There is no such parameter, or nobody chose it (since 1.1). */
#define PARALLAX_ABSENT 3

/* The analysis failed; the reason was handed over. Unknown values are taken for this one. */
#define PARALLAX_FAILED (-1)

/* The analysis panicked; the text and its place were handed over. */
#define PARALLAX_PANICKED (-2)

/* The two sides do not speak the same version. */
#define PARALLAX_VERSION (-3)

/* What was handed over cannot be read. */
#define PARALLAX_MALFORMED (-4)

/* The number of a cell without a value, in columns of `PARALLAX_U32` and `PARALLAX_CODES`. */
#define PARALLAX_NONE 0xFFFFFFFFu

/* What a reading promises in `promises` (since 1.1): offsets rise from 0, texts are UTF-8, codes of
   rows with a value are below the length of their labels, and where `validity` leaves a row out,
   its value is `PARALLAX_NONE` or a NaN. Without it, whoever reads checks. */
#define PARALLAX_PROMISE_SOUND 1u

/* `values` is `uint8_t[len]`; in Arrow, UInt8. */
#define PARALLAX_U8 1u

/* `values` is `uint32_t[len]`; `PARALLAX_NONE` is no value. In Arrow, UInt32. */
#define PARALLAX_U32 2u

/* `values` is `int64_t[len]`; in Arrow, Int64. */
#define PARALLAX_I64 3u

/* `values` is `double[len]`; a NaN is no value. In Arrow, Float64. */
#define PARALLAX_F64 4u

/* `values` is `uint32_t[len]`: rows of the column `dictionary`; `PARALLAX_NONE` is no value. In Arrow, a
   dictionary of UInt32 indices. */
#define PARALLAX_CODES 5u

/* `values` is UTF-8, `offsets` is `int64_t[len + 1]`: text `i` lies between offsets `i`, `i + 1`.
   In Arrow, LargeUtf8. */
#define PARALLAX_TEXTS 6u

/* `offsets` is `int64_t[len + 1]`, `values` is `uint32_t[offsets[len]]`: row `i` lists the values
   between offsets `i` and `i + 1`, which are rows of the column `dictionary`. In Arrow, LargeList of
   a dictionary of UInt32 indices. */
#define PARALLAX_LISTS 7u

/* Something went wrong. */
#define PARALLAX_ERROR 1u

/* Something deserves a look. */
#define PARALLAX_WARN 2u

/* What happens, in large steps. */
#define PARALLAX_INFO 3u

/* What happens, in small steps. */
#define PARALLAX_DEBUG 4u

/* Everything that happens. */
#define PARALLAX_TRACE 5u

/* A text in UTF-8, without a zero at its end. `start` may be NULL when `len` is 0. */
typedef struct parallax_string {
  /* Its first byte. */
  const char *start;
  /* Its length in bytes. */
  size_t len;
} parallax_string;

/* One column, in Arrow's physical layout: it can be wrapped as an Arrow array without copying. */
typedef struct parallax_column {
  /* The size of this struct where it was filled. */
  uint32_t struct_size;
  /* Which of the kinds from `PARALLAX_U8` on; a reader skips a column of a kind it does not know. */
  uint32_t kind;
  /* Its name. */
  struct parallax_string name;
  /* How many rows it has. */
  uint64_t len;
  /* How many rows `validity` leaves out. A reading leaves out what has no value (since 1.1;
     before, only the values told), and a table of findings whatever is to be blank. */
  uint64_t null_count;
  /* A bit for each row, lowest first, 1 for a value; NULL when no row is left out. */
  const uint8_t *validity;
  /* The values, aligned for their type. */
  const void *values;
  /* The offsets of texts and lists, else NULL. */
  const int64_t *offsets;
  /* The labels of codes and lists (a column of texts), else NULL. Its name says of which table
     the labels are ids, such as `roles`; it is empty where they are only texts (since 1.1). */
  const struct parallax_column *dictionary;
} parallax_column;

/* One table: columns of equal length. */
typedef struct parallax_table {
  /* The size of this struct where it was filled. */
  uint32_t struct_size;
  /* How many pointers `columns` has. */
  uint32_t n_columns;
  /* Its name. */
  struct parallax_string name;
  /* How many rows every column has. */
  uint64_t n_rows;
  /* The columns. */
  const struct parallax_column *const *columns;
} parallax_table;

/* The tables of one reading of a study. */
typedef struct parallax_reading {
  /* The size of this struct where it was filled. */
  uint32_t struct_size;
  /* Which tables and columns there are: `PARALLAX_MODEL_VERSION` of the host. */
  uint32_t model_version;
  /* How many pointers `tables` has. */
  uint32_t n_tables;
  /* What the host promises: `PARALLAX_PROMISE_SOUND` or 0 (since 1.1; 0 before). */
  uint32_t promises;
  /* The tables. */
  const struct parallax_table *const *tables;
} parallax_reading;

/* One run of an analysis. It lives from the call of `run` to its return; any thread may use it. */
typedef struct parallax_job {
  /* The size of this struct where it was filled. */
  uint32_t struct_size;
  /* 0. */
  uint32_t reserved;
  /* Tells the runs of one process apart; never 0. */
  uint64_t id;
  /* The only source of chance that an analysis may use. */
  uint64_t seed;
  /* The host's own. */
  void *context;
  /* Takes findings: a JSON array of what `schemas/finding.schema.json` says. Several calls add up
     (since 1.1; before, the last one counted). */
  int32_t (*findings)(const struct parallax_job *job, struct parallax_string json);
  /* Takes the reason for having none, with a status other than `PARALLAX_OK`. */
  int32_t (*reason)(const struct parallax_job *job, struct parallax_string text);
  /* Takes how far the run is. An answer other than `PARALLAX_OK`: stop, and return it. */
  int32_t (*progress)(const struct parallax_job *job, uint64_t done, uint64_t total);
  /* Takes a table of the finding about `about` (since 1.1). Its name is a word of the manifest,
     the name of a column a word too, or `codes/<id>`, `roles/<id>`, `cases/<id>`,
     `participants/<id>`, `sources/<id>`, or empty. Codes stand for what the name of their labels
     says: one of those tables, `words` for words of the manifest, or empty for texts as they are. */
  int32_t (*table)(const struct parallax_job *job,
                   struct parallax_string about,
                   const struct parallax_table *table);
  /* Reads a whole number of the parameters (since 1.1). `pointer` is a JSON Pointer (RFC 6901)
     such as `/at_least`. `PARALLAX_ABSENT` when it is not there or null, `PARALLAX_MALFORMED`
     when it is of another type; then `value` stays as it was. */
  int32_t (*parameter_i64)(const struct parallax_job *job,
                           struct parallax_string pointer,
                           int64_t *value);
  /* Reads a number of the parameters. */
  int32_t (*parameter_f64)(const struct parallax_job *job,
                           struct parallax_string pointer,
                           double *value);
  /* Reads a yes (1) or no (0) of the parameters. */
  int32_t (*parameter_bool)(const struct parallax_job *job,
                            struct parallax_string pointer,
                            uint8_t *value);
  /* Reads a text of the parameters. It is lent until the run is over. */
  int32_t (*parameter_string)(const struct parallax_job *job,
                              struct parallax_string pointer,
                              struct parallax_string *value);
  /* Reads how many elements an array of the parameters has; `/codes/0` is the first of `/codes`. */
  int32_t (*parameter_count)(const struct parallax_job *job,
                             struct parallax_string pointer,
                             uint64_t *count);
} parallax_job;

/* The program that loads plugins. It lives as long as the process. */
typedef struct parallax_host {
  /* `PARALLAX_MAGIC`. */
  uint32_t magic;
  /* The size of this struct where it was filled. */
  uint32_t struct_size;
  /* `PARALLAX_ABI_MAJOR` of the host. */
  uint16_t abi_major;
  /* `PARALLAX_ABI_MINOR` of the host. */
  uint16_t abi_minor;
  /* 0. */
  uint32_t reserved;
  /* The address of the kit's `IMAGE` in a host that is built with the kit, else NULL: a plugin
     that is linked into the host finds its own. Who gives it lends readings with the kit only. */
  const void *image;
  /* What the host is called. */
  struct parallax_string name;
  /* The version of the program. */
  struct parallax_string version;
  /* The most detailed level that is now wanted, up to `PARALLAX_TRACE`; 0 for none. */
  uint32_t (*log_level)(void);
  /* Takes an event: ids and counts, never a participant's words. `fields` is a JSON object or
     empty, `job` is 0 where the run is not known. */
  void (*log)(uint64_t job,
              uint32_t level,
              struct parallax_string target,
              struct parallax_string message,
              struct parallax_string fields);
  /* What a later version offers by name, or NULL (since 1.1). The id of an extension ends with
     its version, such as `parallax.arrow/1`; what it points to lives as long as the process. */
  const void *(*get_extension)(struct parallax_string id);
} parallax_host;

/* What a plugin says of itself. Its entry fills it. */
typedef struct parallax_plugin {
  /* `PARALLAX_MAGIC`. */
  uint32_t magic;
  /* Before the call: the room the host has. After it: how much the plugin filled. */
  uint32_t struct_size;
  /* `PARALLAX_ABI_MAJOR` of the plugin, written before it refuses. */
  uint16_t abi_major;
  /* `PARALLAX_ABI_MINOR` of the plugin, written before it refuses. */
  uint16_t abi_minor;
  /* The lowest minor version of a host that it works with. */
  uint16_t requires_minor;
  /* 0. */
  uint16_t reserved;
  /* The manifest. It lives as long as the process. */
  struct parallax_string manifest_json;
  /* The plugin's own. It lives as long as the process. */
  void *state;
  /* Runs the analysis and returns a status such as `PARALLAX_OK`. Several threads may call it at
     once. */
  int32_t (*run)(void *state,
                 const struct parallax_job *job,
                 const struct parallax_reading *reading,
                 struct parallax_string parameters_json);
  /* `PARALLAX_MODEL_VERSION` that the plugin was written for (since 1.1; before, 1). */
  uint32_t model_version;
  /* 0. */
  uint32_t reserved_too;
  /* What the plugin offers by name beside `run`, or NULL (since 1.1); as that of the host. */
  const void *(*get_extension)(void *state, struct parallax_string id);
} parallax_plugin;

/* The one symbol of a plugin, `parallax_plugin_<id>`: fills `plugin` and returns `PARALLAX_OK`, or
   `PARALLAX_VERSION` when the two do not speak the same version. */
typedef int32_t (*parallax_entry)(const struct parallax_host *host, struct parallax_plugin *plugin);

#ifdef __cplusplus
}
#endif

#endif
