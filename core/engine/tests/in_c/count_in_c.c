/* A plugin in plain C: how many participants have each role, and how many cells are theirs? */
#include "parallax_plugin.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#if defined(_WIN32)
#define EXPORTED __declspec(dllexport)
#else
#define EXPORTED __attribute__((visibility("default")))
#endif

static const char MANIFEST[] =
    "{\"id\":\"count-in-c\",\"version\":\"1.0.0\",\"title\":\"Roles\",\"question\":\"How many?\","
    "\"method\":\"Counting.\",\"templates\":{\"role\":{\"title\":\"{role}\","
    "\"sentence\":\"{people} people are {role}.\"}},"
    "\"words\":{\"people\":\"people\",\"yes\":\"cells that are yes\"}}";

static int is(parallax_string text, const char *word) {
  return text.len == strlen(word) && memcmp(text.start, word, text.len) == 0;
}

static const parallax_column *column(const parallax_reading *reading, const char *table,
                                     const char *name) {
  for (uint32_t t = 0; t < reading->n_tables; t++) {
    const parallax_table *one = reading->tables[t];
    for (uint32_t c = 0; is(one->name, table) && c < one->n_columns; c++) {
      if (is(one->columns[c]->name, name)) return one->columns[c];
    }
  }
  return NULL;
}

static int32_t run(void *state, const parallax_job *job, const parallax_reading *reading,
                   parallax_string parameters) {
  (void)state;
  (void)parameters;
  const parallax_column *roles = column(reading, "participants", "role");
  if (roles == NULL || roles->kind != PARALLAX_CODES) {
    static const char WHY[] = "nobody has a role";
    job->reason(job, (parallax_string){WHY, sizeof WHY - 1});
    return PARALLAX_NOT_AVAILABLE;
  }
  const parallax_column *whose = column(reading, "cells", "participant");
  const parallax_column *states = column(reading, "cells", "state");
  if (whose == NULL || states == NULL) return PARALLAX_MALFORMED;
  const uint32_t *people_of_cells = whose->values;
  const uint8_t *said = states->values;
  const uint32_t *codes = roles->values;
  const parallax_column *labels = roles->dictionary;
  char json[4096] = "[";
  size_t used = 1;
  for (uint64_t role = 0; role < labels->len; role++) {
    uint64_t people = 0;
    for (uint64_t row = 0; row < roles->len; row++) people += codes[row] == role;
    uint64_t yes = 0;
    for (uint64_t cell = 0; cell < states->len; cell++) {
      yes += said[cell] == 0 && codes[people_of_cells[cell]] == role;
    }
    int32_t status = job->progress(job, role, labels->len);
    if (status != PARALLAX_OK) return status;
    const char *name = (const char *)labels->values + labels->offsets[role];
    int length = (int)(labels->offsets[role + 1] - labels->offsets[role]);
    int wrote = snprintf(
        json + used, sizeof json - used,
        "%s{\"about\":\"%.*s\",\"template\":\"role\",\"values\":{\"role\":{\"role\":\"%.*s\"}},"
        "\"measures\":[{\"name\":\"people\",\"number\":{\"kind\":\"count\",\"value\":%" PRIu64 "}},"
        "{\"name\":\"yes\",\"number\":{\"kind\":\"count\",\"value\":%" PRIu64 "}}],"
        "\"basis\":{\"kind\":\"none\",\"reason\":\"people are counted, not statements\"}}",
        role == 0 ? "" : ",", length, name, length, name, people, yes);
    if (wrote < 0 || used + (size_t)wrote + 2 > sizeof json) return PARALLAX_FAILED;
    used += (size_t)wrote;
  }
  json[used++] = ']';
  return job->findings(job, (parallax_string){json, used});
}

EXPORTED int32_t parallax_plugin_count_in_c(const parallax_host *host, parallax_plugin *plugin) {
  uint32_t room = plugin->struct_size;
#if PARALLAX_ABI_MINOR >= 1
  const uint32_t first = offsetof(parallax_plugin, model_version);
#else
  const uint32_t first = sizeof *plugin;
#endif
  if (host->magic != PARALLAX_MAGIC || room < offsetof(parallax_plugin, manifest_json)) {
    return PARALLAX_VERSION;
  }
  plugin->magic = PARALLAX_MAGIC;
  plugin->abi_major = PARALLAX_ABI_MAJOR;
  plugin->abi_minor = PARALLAX_ABI_MINOR;
  plugin->requires_minor = 0;
  if (host->abi_major != PARALLAX_ABI_MAJOR || room < first) return PARALLAX_VERSION;
  plugin->struct_size = first;
  plugin->manifest_json = (parallax_string){MANIFEST, sizeof MANIFEST - 1};
  plugin->state = NULL;
  plugin->run = run;
#if PARALLAX_ABI_MINOR >= 1
  if (room >= sizeof *plugin) {
    plugin->struct_size = sizeof *plugin;
    plugin->model_version = PARALLAX_MODEL_VERSION;
    plugin->reserved_too = 0;
    plugin->get_extension = NULL;
  }
#endif
  return PARALLAX_OK;
}
