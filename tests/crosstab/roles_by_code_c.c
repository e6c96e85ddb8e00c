/* Which role says how much under which code?
 *
 * A whole analysis in plain C, written to be copied. It counts the statements of people by the role
 * of who says them and by their code: one finding for each role, with its statements as evidence
 * and its codes as a table, and one finding with the cross-tab of all of them.
 *
 * From top to bottom: what it says of itself; a text that grows; the columns that it looks at; the
 * counting; the findings; and the two functions that the program calls. It reads the columns where
 * they lie, allocates a few times for a run and never for a row, and looks at the status of
 * everything that has one.
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

/* The program is told how far the run is, and can stop it, every so many rows. */
#define EVERY 65536u

static const char MANIFEST[] =
    "{\"id\":\"roles-by-code-c\",\"version\":\"1.0.0\","
    "\"title\":{\"en\":\"Roles by code\",\"nl\":\"Rollen per code\"},"
    "\"question\":{\"en\":\"Which role says how much under which code?\","
    "\"nl\":\"Welke rol zegt hoeveel onder welke code?\"},"
    "\"method\":{\"en\":\"Counts the statements of people by the role of who says them and by "
    "their code. Codes with fewer statements than `at_least`, of all roles together, are left out. "
    "Documents have no role.\","
    "\"nl\":\"Telt de uitspraken van mensen naar de rol van wie ze doet en naar hun code. Codes "
    "met minder uitspraken dan `at_least`, van alle rollen samen, tellen niet mee. Documenten "
    "hebben geen rol.\"},"
    "\"parameters\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{"
    "\"at_least\":{\"type\":\"integer\",\"minimum\":1,\"default\":1,"
    "\"description\":\"Only codes with at least so many statements.\"}}},"
    "\"templates\":{\"role\":{"
    "\"title\":{\"en\":\"What {role} speaks of\",\"nl\":\"Waar {role} over spreekt\"},"
    "\"sentence\":{\"en\":\"Statements by {role}: {statements}, under so many codes: {codes}.\","
    "\"nl\":\"Uitspraken van {role}: {statements}, onder zoveel codes: {codes}.\"}},"
    "\"all\":{\"title\":{\"en\":\"Roles by code\",\"nl\":\"Rollen per code\"},"
    "\"sentence\":{\"en\":\"Statements: {statements}; roles: {roles}; codes: {codes}.\","
    "\"nl\":\"Uitspraken: {statements}; rollen: {roles}; codes: {codes}.\"}}},"
    "\"words\":{\"by_code\":{\"en\":\"Of what does this role speak?\","
    "\"nl\":\"Waar spreekt deze rol over?\"},"
    "\"by_role\":{\"en\":\"Which role says how much under which code?\","
    "\"nl\":\"Welke rol zegt hoeveel onder welke code?\"},"
    "\"role\":{\"en\":\"role\",\"nl\":\"rol\"},\"code\":{\"en\":\"code\",\"nl\":\"code\"},"
    "\"roles\":{\"en\":\"roles\",\"nl\":\"rollen\"},\"codes\":{\"en\":\"codes\",\"nl\":\"codes\"},"
    "\"statements\":{\"en\":\"statements\",\"nl\":\"uitspraken\"}}}";

/* ---- A text that grows ---- */

/* Once there is no room to be had, nothing is added any more: `is_cut` is looked at once, at the
 * end. */
struct text {
  char *start;
  size_t len;
  size_t room;
  int is_cut;
};

static void put_bytes(struct text *text, const char *bytes, size_t len) {
  if (text->is_cut || len == 0) return;
  if (len > text->room - text->len) {
    size_t room = text->room + len < 2 * text->room ? 2 * text->room : text->room + len + 1024;
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

/* A text as JSON writes it. It is UTF-8 already, so only quotation marks, backslashes and control
 * characters have to be written otherwise; what lies between them goes over in one piece. */
static void put_quoted(struct text *text, parallax_string plain) {
  size_t from = 0;
  put(text, "\"");
  for (size_t at = 0; at < plain.len; at++) {
    unsigned char byte = (unsigned char)plain.start[at];
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    char escaped[8];
    snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)byte);
    put_bytes(text, plain.start + from, at - from);
    put(text, escaped);
    from = at + 1;
  }
  put_bytes(text, plain.start + from, plain.len - from);
  put(text, "\"");
}

static void put_measure(struct text *text, const char *name, uint64_t count) {
  char number[32];
  snprintf(number, sizeof number, "%" PRIu64, count);
  put(text, "{\"name\":\"");
  put(text, name);
  put(text, "\",\"number\":{\"kind\":\"count\",\"value\":");
  put(text, number);
  put(text, "}}");
}

/* ---- The columns that it looks at ---- */

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

/* Pointers into the reading: nothing of it is copied. */
struct seen {
  uint64_t statements;
  const parallax_column *ids; /* of statements */
  const uint32_t *speakers;   /* by statement: a row of people */
  const uint32_t *codes;      /* by statement: a row of code_ids */
  uint64_t people;
  const uint32_t *roles; /* by person: a row of role_ids */
  const parallax_column *code_ids;
  const parallax_column *role_ids;
};

static int32_t see(const parallax_reading *reading, struct seen *seen) {
  const parallax_column *ids = column(reading, "statements", "id", PARALLAX_TEXTS);
  const parallax_column *speakers = column(reading, "statements", "speaker", PARALLAX_CODES);
  const parallax_column *codes = column(reading, "statements", "code", PARALLAX_CODES);
  const parallax_column *roles = column(reading, "participants", "role", PARALLAX_CODES);
  if (ids == NULL || speakers == NULL || codes == NULL || roles == NULL) {
    return PARALLAX_MALFORMED;
  }
  *seen = (struct seen){
      .statements = ids->len,
      .ids = ids,
      .speakers = speakers->values,
      .codes = codes->values,
      .people = roles->len,
      .roles = roles->values,
      .code_ids = codes->dictionary,
      .role_ids = roles->dictionary,
  };
  return PARALLAX_OK;
}

/* The role of who says a statement. A cell without a value is larger than any row, so that one
 * comparison finds it: documents have no speaker, and who is left out has no role. */
static uint32_t role_of(const struct seen *seen, uint64_t row) {
  uint32_t speaker = seen->speakers[row];
  return speaker < seen->people ? seen->roles[speaker] : PARALLAX_NONE;
}

/* ---- The counting ---- */

struct crosstab {
  int64_t *times; /* code by code, a number for each role */
  uint8_t *keeps; /* by code: whether it has enough statements */
  uint32_t *codes; /* those that have, in the order of the codebook */
  uint32_t *roles; /* those that speak of one of them */
  uint64_t n_codes;
  uint64_t n_roles;
};

/* Tells how far the run is: the counting is pass 0, every role is a pass, and all of them the
 * last. What it returns is returned by whoever calls it. */
static int32_t tell(const parallax_job *job, const struct seen *seen, uint64_t pass, uint64_t row) {
  if (row % EVERY != 0) return PARALLAX_OK;
  uint64_t passes = seen->role_ids->len + 2;
  return job->progress(job, pass * seen->statements + row, passes * seen->statements);
}

static void release(struct crosstab *cross) {
  free(cross->times);
  free(cross->keeps);
  free(cross->codes);
  free(cross->roles);
}

/* Room for n things, one at the least: `calloc` may give NULL for none. */
static void *room_for(uint64_t n, size_t size) { return calloc(n == 0 ? 1 : (size_t)n, size); }

static int32_t make_room(const struct seen *seen, struct crosstab *cross) {
  uint64_t roles = seen->role_ids->len, codes = seen->code_ids->len;
  if (roles != 0 && codes > SIZE_MAX / sizeof(int64_t) / roles) return PARALLAX_FAILED;
  cross->times = room_for(codes * roles, sizeof *cross->times);
  cross->keeps = room_for(codes, sizeof *cross->keeps);
  cross->codes = room_for(codes, sizeof *cross->codes);
  cross->roles = room_for(roles, sizeof *cross->roles);
  int is_there = cross->times && cross->keeps && cross->codes && cross->roles;
  return is_there ? PARALLAX_OK : PARALLAX_FAILED;
}

static int32_t count(const parallax_job *job, const struct seen *seen, struct crosstab *cross) {
  uint64_t roles = seen->role_ids->len, codes = seen->code_ids->len;
  for (uint64_t row = 0; row < seen->statements; row++) {
    int32_t status = tell(job, seen, 0, row);
    if (status != PARALLAX_OK) return status;
    uint32_t role = role_of(seen, row), code = seen->codes[row];
    if (role < roles && code < codes) cross->times[code * roles + role]++;
  }
  return PARALLAX_OK;
}

/* Which codes have enough statements, and which roles speak of one of those. */
static void keep(const struct seen *seen, int64_t at_least, struct crosstab *cross) {
  uint64_t roles = seen->role_ids->len, codes = seen->code_ids->len;
  for (uint64_t code = 0; code < codes; code++) {
    int64_t times = 0;
    for (uint64_t role = 0; role < roles; role++) times += cross->times[code * roles + role];
    cross->keeps[code] = times > 0 && times >= at_least;
    if (cross->keeps[code]) cross->codes[cross->n_codes++] = (uint32_t)code;
  }
  for (uint64_t role = 0; role < roles; role++) {
    int64_t times = 0;
    for (uint64_t at = 0; at < cross->n_codes; at++) {
      times += cross->times[cross->codes[at] * roles + role];
    }
    if (times > 0) cross->roles[cross->n_roles++] = (uint32_t)role;
  }
}

/* ---- The findings ---- */

/* Statements as evidence: those of one role, or of every role for PARALLAX_NONE. Gives their number
 * through `n`. */
static int32_t put_evidence(const parallax_job *job, const struct seen *seen,
                            const struct crosstab *cross, uint32_t whose, struct text *json,
                            uint64_t *n) {
  uint64_t pass = whose == PARALLAX_NONE ? seen->role_ids->len + 1 : whose + UINT64_C(1);
  put(json, "\"basis\":{\"kind\":\"evidence\",\"items\":[");
  for (uint64_t row = 0; row < seen->statements; row++) {
    int32_t status = tell(job, seen, pass, row);
    if (status != PARALLAX_OK) return status;
    uint32_t role = role_of(seen, row), code = seen->codes[row];
    int is_asked = whose == PARALLAX_NONE ? role < seen->role_ids->len : role == whose;
    if (!is_asked || code >= seen->code_ids->len || !cross->keeps[code]) continue;
    put(json, (*n)++ == 0 ? "{\"kind\":\"statement\",\"id\":" : ",{\"kind\":\"statement\",\"id\":");
    put_quoted(json, text_of(seen->ids, row));
    put(json, ",\"weight\":\"supporting\"}");
  }
  put(json, "]},");
  return PARALLAX_OK;
}

/* Ends a finding with its measures, and hands it over. */
static int32_t hand_over(const parallax_job *job, struct text *json) {
  put(json, "}]");
  if (json->is_cut) return PARALLAX_FAILED;
  return job->findings(job, (parallax_string){json->start, json->len});
}

static int32_t role_finding(const parallax_job *job, const struct seen *seen,
                            const struct crosstab *cross, uint32_t role, uint64_t n_codes,
                            struct text *json) {
  parallax_string id = text_of(seen->role_ids, role);
  uint64_t statements = 0;
  json->len = 0;
  put(json, "[{\"about\":");
  put_quoted(json, id);
  put(json, ",\"template\":\"role\",\"values\":{\"role\":{\"role\":");
  put_quoted(json, id);
  put(json, "}},");
  int32_t status = put_evidence(job, seen, cross, role, json, &statements);
  if (status != PARALLAX_OK) return status;
  put(json, "\"measures\":[");
  put_measure(json, "statements", statements);
  put(json, ",");
  put_measure(json, "codes", n_codes);
  put(json, "]");
  return hand_over(job, json);
}

static parallax_column codes_column(const char *name, const uint32_t *rows, uint64_t len,
                                    const parallax_column *dictionary) {
  return (parallax_column){
      .struct_size = sizeof(parallax_column),
      .kind = PARALLAX_CODES,
      .name = string(name),
      .len = len,
      .values = rows,
      .dictionary = dictionary,
  };
}

static parallax_column numbers_column(parallax_string name, const int64_t *numbers, uint64_t len) {
  return (parallax_column){
      .struct_size = sizeof(parallax_column),
      .kind = PARALLAX_I64,
      .name = name,
      .len = len,
      .values = numbers,
  };
}

static int32_t hand_over_table(const parallax_job *job, parallax_string about, const char *name,
                               const parallax_column *const *columns, uint64_t n_columns) {
  if (n_columns > UINT32_MAX) return PARALLAX_FAILED;
  parallax_table table = {
      .struct_size = sizeof table,
      .n_columns = (uint32_t)n_columns,
      .name = string(name),
      .n_rows = columns[0]->len,
      .columns = columns,
  };
  return job->table(job, about, &table);
}

/* The finding about one role: what it speaks of, and how often. */
static int32_t about_role(const parallax_job *job, const struct seen *seen,
                          const struct crosstab *cross, uint32_t role, struct text *json) {
  uint64_t roles = seen->role_ids->len, n = 0;
  uint32_t *codes = room_for(cross->n_codes, sizeof *codes);
  int64_t *times = room_for(cross->n_codes, sizeof *times);
  int32_t status = codes && times ? PARALLAX_OK : PARALLAX_FAILED;
  for (uint64_t at = 0; status == PARALLAX_OK && at < cross->n_codes; at++) {
    codes[n] = cross->codes[at];
    times[n] = cross->times[codes[n] * roles + role];
    n += times[n] > 0;
  }
  if (status == PARALLAX_OK) status = role_finding(job, seen, cross, role, n, json);
  if (status == PARALLAX_OK) {
    parallax_column code = codes_column("code", codes, n, seen->code_ids);
    parallax_column number = numbers_column(string("statements"), times, n);
    const parallax_column *columns[] = {&code, &number};
    status = hand_over_table(job, text_of(seen->role_ids, role), "by_code", columns, 2);
  }
  free(codes);
  free(times);
  return status;
}

static int32_t all_finding(const parallax_job *job, const struct seen *seen,
                           const struct crosstab *cross, struct text *json) {
  uint64_t statements = 0;
  json->len = 0;
  put(json, "[{\"about\":\"all\",\"template\":\"all\",");
  int32_t status = put_evidence(job, seen, cross, PARALLAX_NONE, json, &statements);
  if (status != PARALLAX_OK) return status;
  put(json, "\"measures\":[");
  put_measure(json, "statements", statements);
  put(json, ",");
  put_measure(json, "roles", cross->n_roles);
  put(json, ",");
  put_measure(json, "codes", cross->n_codes);
  put(json, "]");
  return hand_over(job, json);
}

/* The cross-tab as columns: the roles, then a column of numbers for each code. What stands above
 * such a column is the code itself, which is said as `codes/<id>`: `names` holds these one after
 * another. */
static int32_t fill_columns(const struct seen *seen, const struct crosstab *cross,
                            parallax_column *columns, const parallax_column **pointers,
                            int64_t *times, struct text *names) {
  uint64_t roles = seen->role_ids->len;
  for (uint64_t at = 0; at < cross->n_codes; at++) {
    parallax_string id = text_of(seen->code_ids, cross->codes[at]);
    put(names, "codes/");
    put_bytes(names, id.start, id.len);
  }
  if (names->is_cut) return PARALLAX_FAILED;
  const char *name = names->start;
  columns[0] = codes_column("role", cross->roles, cross->n_roles, seen->role_ids);
  pointers[0] = &columns[0];
  for (uint64_t at = 0; at < cross->n_codes; at++) {
    uint32_t code = cross->codes[at];
    int64_t *own = times + at * cross->n_roles;
    for (uint64_t role = 0; role < cross->n_roles; role++) {
      own[role] = cross->times[code * roles + cross->roles[role]];
    }
    parallax_string head = {name, strlen("codes/") + text_of(seen->code_ids, code).len};
    columns[at + 1] = numbers_column(head, own, cross->n_roles);
    pointers[at + 1] = &columns[at + 1];
    name += head.len;
  }
  return PARALLAX_OK;
}

/* The finding about all roles, with the cross-tab. */
static int32_t about_all(const parallax_job *job, const struct seen *seen,
                         const struct crosstab *cross, struct text *json) {
  uint64_t n_columns = cross->n_codes + 1;
  struct text names = {0};
  parallax_column *columns = room_for(n_columns, sizeof *columns);
  const parallax_column **pointers = room_for(n_columns, sizeof *pointers);
  int64_t *times = room_for(cross->n_codes * cross->n_roles, sizeof *times);
  int32_t status = columns && pointers && times ? PARALLAX_OK : PARALLAX_FAILED;
  if (status == PARALLAX_OK) status = fill_columns(seen, cross, columns, pointers, times, &names);
  if (status == PARALLAX_OK) status = all_finding(job, seen, cross, json);
  if (status == PARALLAX_OK) {
    status = hand_over_table(job, string("all"), "by_role", pointers, n_columns);
  }
  free(names.start);
  free(times);
  free(pointers);
  free(columns);
  return status;
}

/* ---- What the program calls ---- */

/* Tells why there are no findings, and passes the status on. */
static int32_t give_up(const parallax_job *job, int32_t status, const char *why) {
  int32_t taken = job->reason(job, string(why));
  return taken == PARALLAX_OK ? status : taken;
}

static int32_t analyse(const parallax_job *job, const struct seen *seen, int64_t at_least,
                       struct crosstab *cross) {
  struct text json = {0};
  int32_t status = make_room(seen, cross);
  if (status == PARALLAX_OK) status = count(job, seen, cross);
  if (status != PARALLAX_OK) return status;
  keep(seen, at_least, cross);
  if (cross->n_codes == 0) {
    return give_up(job, PARALLAX_NOT_AVAILABLE,
                   "no code has as many statements as `at_least` asks for");
  }
  for (uint64_t at = 0; status == PARALLAX_OK && at < cross->n_roles; at++) {
    status = about_role(job, seen, cross, cross->roles[at], &json);
  }
  if (status == PARALLAX_OK) status = about_all(job, seen, cross, &json);
  free(json.start);
  return status;
}

static int32_t run(void *state, const parallax_job *job, const parallax_reading *reading,
                   parallax_string parameters) {
  struct seen seen;
  struct crosstab cross = {0};
  int64_t at_least = 1;
  (void)state;
  (void)parameters; /* the same, as JSON */
  int32_t status = job->parameter_i64(job, string("/at_least"), &at_least);
  if (status != PARALLAX_OK && status != PARALLAX_ABSENT) {
    return give_up(job, status, "its parameter `at_least` cannot be read");
  }
  status = see(reading, &seen);
  if (status != PARALLAX_OK) return give_up(job, status, "a column that it needs is not there");
  status = analyse(job, &seen, at_least, &cross);
  release(&cross);
  if (status == PARALLAX_FAILED) return give_up(job, status, "there is not enough memory for it");
  return status;
}

/* Says who it is, and whether it can work with this program. Magic and version come first, so that
 * a program of another version can say which side is too old; the functions of a job that it needs
 * came with version 1.1. */
EXPORTED int32_t parallax_plugin_roles_by_code_c(const parallax_host *host,
                                                 parallax_plugin *plugin) {
  uint32_t room = plugin->struct_size;
  if (host->magic != PARALLAX_MAGIC || room < offsetof(parallax_plugin, manifest_json)) {
    return PARALLAX_VERSION;
  }
  plugin->magic = PARALLAX_MAGIC;
  plugin->abi_major = PARALLAX_ABI_MAJOR;
  plugin->abi_minor = PARALLAX_ABI_MINOR;
  plugin->requires_minor = 1;
  plugin->reserved = 0;
  if (host->abi_major != PARALLAX_ABI_MAJOR || room < sizeof *plugin) return PARALLAX_VERSION;
  plugin->struct_size = sizeof *plugin;
  plugin->manifest_json = (parallax_string){MANIFEST, sizeof MANIFEST - 1};
  plugin->state = NULL;
  plugin->run = run;
  plugin->model_version = PARALLAX_MODEL_VERSION;
  plugin->reserved_too = 0;
  plugin->get_extension = NULL;
  return PARALLAX_OK;
}
