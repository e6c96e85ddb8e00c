/* How much does each role say?
 *
 * A whole analysis: what it says of itself, how it writes a finding, what it counts, and the two
 * functions that parallax calls. The interface is explained in parallax_plugin.h.
 */
#include "parallax_plugin.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#define EXPORTED __declspec(dllexport)
#else
#define EXPORTED __attribute__((visibility("default")))
#endif

static const char MANIFEST[] =
    "{\"id\":\"{id}\",\"version\":\"0.1.0\","
    "\"title\":{\"en\":\"How much each role says\",\"nl\":\"Hoeveel elke rol zegt\"},"
    "\"question\":{\"en\":\"How much does each role say?\",\"nl\":\"Hoeveel zegt elke rol?\"},"
    "\"method\":{"
    "\"en\":\"Counts the statements of the people of each role. Documents have no role.\","
    "\"nl\":\"Telt de uitspraken van de mensen met elke rol. Documenten hebben geen rol.\"},"
    "\"parameters\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{"
    "\"at_least\":{\"type\":\"integer\",\"minimum\":1,\"default\":1,"
    "\"description\":\"Only roles with at least so many statements.\"}}},"
    "\"templates\":{\"role\":{"
    "\"title\":{\"en\":\"How much {role} says\",\"nl\":\"Hoeveel {role} zegt\"},"
    "\"sentence\":{\"en\":\"Statements by {role}: {statements}.\","
    "\"nl\":\"Uitspraken van {role}: {statements}.\"}}},"
    "\"words\":{\"statements\":{\"en\":\"statements\",\"nl\":\"uitspraken\"}}}";

/* A text that grows. Once there is no room to be had, nothing is added any more. */
struct text {
  char *start;
  size_t len, room;
  int is_cut;
};

static void put_bytes(struct text *text, const char *bytes, size_t len) {
  if (text->is_cut || len == 0) return;
  if (len > text->room - text->len) {
    size_t room = 2 * text->room + len + 1024;
    char *start = room > text->room ? realloc(text->start, room) : NULL;
    if (start == NULL) {
      text->is_cut = 1;
      return;
    }
    text->start = start;
    text->room = room;
  }
  memcpy(text->start + text->len, bytes, len);
  text->len += len;
}

static void put(struct text *text, const char *bytes) { put_bytes(text, bytes, strlen(bytes)); }

/* A text as JSON writes it. It is UTF-8, so that only quotation marks, backslashes and control
 * characters are written otherwise. */
static void put_quoted(struct text *text, parallax_string plain) {
  put(text, "\"");
  for (size_t at = 0; at < plain.len; at++) {
    unsigned char byte = (unsigned char)plain.start[at];
    char escaped[8];
    if (byte >= 0x20 && byte != '"' && byte != '\\') {
      put_bytes(text, plain.start + at, 1);
      continue;
    }
    snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)byte);
    put(text, escaped);
  }
  put(text, "\"");
}

static parallax_string string(const char *text) { return (parallax_string){text, strlen(text)}; }

static int is(parallax_string text, const char *word) {
  return text.len == strlen(word) && memcmp(text.start, word, text.len) == 0;
}

/* A column of the kind that is expected; NULL when there is none. */
static const parallax_column *column(const parallax_reading *reading, const char *table,
                                     const char *name, uint32_t kind) {
  for (uint32_t t = 0; t < reading->n_tables; t++) {
    const parallax_table *one = reading->tables[t];
    for (uint32_t c = 0; is(one->name, table) && c < one->n_columns; c++) {
      const parallax_column *found = one->columns[c];
      if (is(found->name, name)) return found->kind == kind ? found : NULL;
    }
  }
  return NULL;
}

/* The text of a row of a column of texts. Where all are empty there may be no bytes to point to. */
static parallax_string text_of(const parallax_column *texts, uint64_t row) {
  const char *bytes = texts->values;
  int64_t from = texts->offsets[row], to = texts->offsets[row + 1];
  if (from == to) return (parallax_string){"", 0};
  return (parallax_string){bytes + from, (size_t)(to - from)};
}

/* The columns that it looks at, where they lie. */
struct seen {
  const parallax_column *ids, *speakers, *roles;
};

/* The role of who says a statement. A cell without a value is larger than any row: a document has
 * no speaker, and who is left out has no role. */
static uint32_t role_of(const struct seen *seen, uint64_t row) {
  const uint32_t *speakers = seen->speakers->values, *roles = seen->roles->values;
  return speakers[row] < seen->roles->len ? roles[speakers[row]] : PARALLAX_NONE;
}

/* Writes the finding about a role, and gives the number of its statements through `n`. Every so
 * many rows parallax is told how far the run is; what it answers is passed on. */
static int32_t put_finding(const parallax_job *job, const struct seen *seen, uint32_t role,
                           struct text *json, uint64_t *n) {
  uint64_t rows = seen->ids->len, roles = seen->roles->dictionary->len;
  parallax_string id = text_of(seen->roles->dictionary, role);
  char count[32];
  put(json, "[{\"about\":");
  put_quoted(json, id);
  put(json, ",\"template\":\"role\",\"values\":{\"role\":{\"role\":");
  put_quoted(json, id);
  put(json, "}},\"basis\":{\"kind\":\"evidence\",\"items\":[");
  for (uint64_t row = 0; row < rows; row++) {
    if (row % 65536 == 0) {
      int32_t status = job->progress(job, role * rows + row, roles * rows);
      if (status != PARALLAX_OK) return status;
    }
    if (role_of(seen, row) != role) continue;
    put(json, (*n)++ == 0 ? "{\"kind\":\"statement\",\"id\":" : ",{\"kind\":\"statement\",\"id\":");
    put_quoted(json, text_of(seen->ids, row));
    put(json, ",\"weight\":\"supporting\"}");
  }
  snprintf(count, sizeof count, "%" PRIu64, *n);
  put(json, "]},\"measures\":[{\"name\":\"statements\",\"number\":{\"kind\":\"count\",\"value\":");
  put(json, count);
  put(json, "}}]}]");
  return json->is_cut ? PARALLAX_FAILED : PARALLAX_OK;
}

/* Hands over one finding for each role that says enough, and gives their number through `found`. */
static int32_t analyse(const parallax_job *job, const struct seen *seen, int64_t at_least,
                       uint64_t *found) {
  struct text json = {0};
  int32_t status = PARALLAX_OK;
  uint64_t roles = seen->roles->dictionary->len;
  for (uint32_t role = 0; status == PARALLAX_OK && role < roles; role++) {
    uint64_t n = 0;
    json.len = 0;
    status = put_finding(job, seen, role, &json, &n);
    if (status != PARALLAX_OK || n == 0 || n < (uint64_t)at_least) continue;
    status = job->findings(job, (parallax_string){json.start, json.len});
    *found += 1;
  }
  free(json.start);
  return status;
}

/* Tells why there are no findings, and passes the status on. */
static int32_t give_up(const parallax_job *job, int32_t status, const char *why) {
  int32_t taken = job->reason(job, string(why));
  return taken == PARALLAX_OK ? status : taken;
}

static int32_t run(void *state, const parallax_job *job, const parallax_reading *reading,
                   parallax_string parameters) {
  struct seen seen = {
      column(reading, "statements", "id", PARALLAX_TEXTS),
      column(reading, "statements", "speaker", PARALLAX_CODES),
      column(reading, "participants", "role", PARALLAX_CODES),
  };
  int64_t at_least = 1;
  uint64_t found = 0;
  (void)state;
  (void)parameters; /* the same, as JSON */
  if (!seen.ids || !seen.speakers || !seen.roles) {
    return give_up(job, PARALLAX_MALFORMED, "a column that it needs is not there");
  }
  int32_t status = job->parameter_i64(job, string("/at_least"), &at_least);
  if (status != PARALLAX_OK && status != PARALLAX_ABSENT) {
    return give_up(job, status, "its parameter `at_least` cannot be read");
  }
  status = analyse(job, &seen, at_least, &found);
  if (status == PARALLAX_FAILED) return give_up(job, status, "there is not enough memory for it");
  if (status == PARALLAX_OK && found == 0) {
    return give_up(job, PARALLAX_NOT_AVAILABLE, "no role says as much as `at_least` asks for");
  }
  return status;
}

/* Says who it is, and whether it can work with this parallax. Magic and version come first, so that
 * a parallax of another version can say which side is too old. */
EXPORTED int32_t parallax_plugin_{symbol}(const parallax_host *host, parallax_plugin *plugin) {
  uint32_t room = plugin->struct_size;
  if (host->magic != PARALLAX_MAGIC || room < offsetof(parallax_plugin, manifest_json)) {
    return PARALLAX_VERSION;
  }
  plugin->magic = PARALLAX_MAGIC;
  plugin->abi_major = PARALLAX_ABI_MAJOR;
  plugin->abi_minor = PARALLAX_ABI_MINOR;
  plugin->requires_minor = 1; /* reading parameters came with 1.1 */
  plugin->reserved = 0;
  if (host->abi_major != PARALLAX_ABI_MAJOR || room < sizeof *plugin) return PARALLAX_VERSION;
  plugin->struct_size = sizeof *plugin;
  plugin->manifest_json = string(MANIFEST);
  plugin->state = NULL;
  plugin->run = run;
  plugin->model_version = PARALLAX_MODEL_VERSION;
  plugin->reserved_too = 0;
  plugin->get_extension = NULL;
  return PARALLAX_OK;
}
