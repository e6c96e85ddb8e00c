/* Which role says how much under which code?
 *
 * The analysis of roles_by_code_c.c in C++17, written to be copied: the same findings with the
 * standard library's containers. Nothing may be thrown across the border, so the two functions that
 * the program calls catch everything and answer with a status; inside, a status that is not
 * PARALLAX_OK is thrown as `Stopped`.
 */
#include "parallax_plugin.h"

#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#if defined(_WIN32)
#define EXPORTED __declspec(dllexport)
#else
#define EXPORTED __attribute__((visibility("default")))
#endif

namespace {

constexpr std::string_view MANIFEST = R"json({
  "id": "roles-by-code-cpp",
  "version": "1.0.0",
  "title": { "en": "Roles by code", "nl": "Rollen per code" },
  "question": {
    "en": "Which role says how much under which code?",
    "nl": "Welke rol zegt hoeveel onder welke code?"
  },
  "method": {
    "en": "Counts the statements of people by the role of who says them and by their code. )json"
    R"json(Codes with fewer statements than `at_least`, of all roles together, are left out. )json"
    R"json(Documents have no role.",
    "nl": "Telt de uitspraken van mensen naar de rol van wie ze doet en naar hun code. )json"
    R"json(Codes met minder uitspraken dan `at_least`, van alle rollen samen, tellen niet mee. )json"
    R"json(Documenten hebben geen rol."
  },
  "parameters": {
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "at_least": {
        "type": "integer", "minimum": 1, "default": 1,
        "description": "Only codes with at least so many statements."
      }
    }
  },
  "templates": {
    "role": {
      "title": { "en": "What {role} speaks of", "nl": "Waar {role} over spreekt" },
      "sentence": {
        "en": "Statements by {role}: {statements}, under so many codes: {codes}.",
        "nl": "Uitspraken van {role}: {statements}, onder zoveel codes: {codes}."
      }
    },
    "all": {
      "title": { "en": "Roles by code", "nl": "Rollen per code" },
      "sentence": {
        "en": "Statements: {statements}; roles: {roles}; codes: {codes}.",
        "nl": "Uitspraken: {statements}; rollen: {roles}; codes: {codes}."
      }
    }
  },
  "words": {
    "by_code": { "en": "Of what does this role speak?", "nl": "Waar spreekt deze rol over?" },
    "by_role": {
      "en": "Which role says how much under which code?",
      "nl": "Welke rol zegt hoeveel onder welke code?"
    },
    "role": { "en": "role", "nl": "rol" },
    "code": { "en": "code", "nl": "code" },
    "roles": { "en": "roles", "nl": "rollen" },
    "codes": { "en": "codes", "nl": "codes" },
    "statements": { "en": "statements", "nl": "uitspraken" }
  }
})json";

/* Why a run ends without findings. */
struct Stopped {
  int32_t status;
  const char *reason; /* NULL where the program knows it: it said so itself */
};

/* Everything that has a status goes through here. */
void check(int32_t status, const char *reason = nullptr) {
  if (status != PARALLAX_OK) throw Stopped{status, reason};
}

parallax_string lend(std::string_view text) { return {text.data(), text.size()}; }

std::string_view view(parallax_string text) { return {text.start, text.len}; }

/* ---- The columns that it looks at ---- */

const parallax_column &column(const parallax_reading &reading, std::string_view table,
                              std::string_view name, uint32_t kind) {
  for (uint32_t t = 0; t < reading.n_tables; t++) {
    const parallax_table &one = *reading.tables[t];
    for (uint32_t c = 0; view(one.name) == table && c < one.n_columns; c++) {
      const parallax_column &found = *one.columns[c];
      if (view(found.name) == name && found.kind == kind) return found;
    }
  }
  throw Stopped{PARALLAX_MALFORMED, "a column that it needs is not there"};
}

/* A column of texts. */
struct Texts {
  const parallax_column &column;

  uint64_t size() const { return column.len; }
  std::string_view operator[](uint64_t row) const {
    const char *bytes = static_cast<const char *>(column.values);
    const int64_t *offsets = column.offsets;
    return {bytes + offsets[row], static_cast<size_t>(offsets[row + 1] - offsets[row])};
  }
};

/* A column of codes: numbers, and what they are rows of. */
struct Codes {
  uint64_t len;
  const uint32_t *values;
  Texts labels;

  explicit Codes(const parallax_column &column)
      : len(column.len), values(static_cast<const uint32_t *>(column.values)),
        labels{*column.dictionary} {}
};

/* Views of the reading: nothing of it is copied. */
struct Seen {
  Texts ids;
  Codes speakers;
  Codes codes;
  Codes roles; /* by person */

  explicit Seen(const parallax_reading &reading)
      : ids{column(reading, "statements", "id", PARALLAX_TEXTS)},
        speakers(column(reading, "statements", "speaker", PARALLAX_CODES)),
        codes(column(reading, "statements", "code", PARALLAX_CODES)),
        roles(column(reading, "participants", "role", PARALLAX_CODES)) {}

  uint64_t n_statements() const { return ids.size(); }
  uint64_t n_roles() const { return roles.labels.size(); }
  uint64_t n_codes() const { return codes.labels.size(); }

  /* A cell without a value is larger than any row, so that one comparison finds it: documents have
   * no speaker, and who is left out has no role. */
  uint32_t role_of(uint64_t row) const {
    uint32_t speaker = speakers.values[row];
    return speaker < roles.len ? roles.values[speaker] : PARALLAX_NONE;
  }
};

/* One run: its job, and the reading that it is about. */
struct Run {
  const parallax_job &job;
  Seen seen;

  /* The program is told how far the run is, and can stop it, every so many rows. The counting is
   * pass 0, every role is a pass, and all of them the last. */
  void tell(uint64_t pass, uint64_t row) const {
    constexpr uint64_t EVERY = 65536;
    if (row % EVERY != 0) return;
    uint64_t passes = seen.n_roles() + 2, rows = seen.n_statements();
    check(job.progress(&job, pass * rows + row, passes * rows));
  }
};

/* ---- The counting ---- */

struct Crosstab {
  std::vector<int64_t> times;  /* code by code, a number for each role */
  std::vector<bool> keeps;     /* by code: whether it has enough statements */
  std::vector<uint32_t> codes; /* those that have, in the order of the codebook */
  std::vector<uint32_t> roles; /* those that speak of one of them */
  uint64_t n_roles;

  int64_t at(uint64_t code, uint64_t role) const { return times[code * n_roles + role]; }
};

Crosstab counted(const Run &run, int64_t at_least) {
  const Seen &seen = run.seen;
  const uint64_t n_roles = seen.n_roles(), n_codes = seen.n_codes();
  Crosstab cross{std::vector<int64_t>(n_codes * n_roles), std::vector<bool>(n_codes), {}, {},
                 n_roles};
  for (uint64_t row = 0; row < seen.n_statements(); row++) {
    run.tell(0, row);
    uint32_t role = seen.role_of(row), code = seen.codes.values[row];
    if (role < n_roles && code < n_codes) cross.times[code * n_roles + role]++;
  }
  std::vector<int64_t> by_role(n_roles);
  for (uint64_t code = 0; code < n_codes; code++) {
    int64_t times = 0;
    for (uint64_t role = 0; role < n_roles; role++) times += cross.at(code, role);
    cross.keeps[code] = times > 0 && times >= at_least;
    if (!cross.keeps[code]) continue;
    cross.codes.push_back(static_cast<uint32_t>(code));
    for (uint64_t role = 0; role < n_roles; role++) by_role[role] += cross.at(code, role);
  }
  for (uint64_t role = 0; role < n_roles; role++) {
    if (by_role[role] > 0) cross.roles.push_back(static_cast<uint32_t>(role));
  }
  return cross;
}

/* ---- The findings ---- */

/* A text as JSON writes it. It is UTF-8 already, so only quotation marks, backslashes and control
 * characters have to be written otherwise. */
void put_quoted(std::string &json, std::string_view plain) {
  json += '"';
  for (char c : plain) {
    const unsigned char byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && c != '"' && c != '\\') {
      json += c;
      continue;
    }
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(byte));
    json += escaped;
  }
  json += '"';
}

void put_measure(std::string &json, const char *name, uint64_t count) {
  json += std::string("{\"name\":\"") + name + "\",\"number\":{\"kind\":\"count\",\"value\":" +
          std::to_string(count) + "}}";
}

/* Statements as evidence, and their number: those of one role, or of every role for
 * PARALLAX_NONE. */
uint64_t put_evidence(std::string &json, const Run &run, const Crosstab &cross, uint32_t whose) {
  const Seen &seen = run.seen;
  const bool is_all = whose == PARALLAX_NONE;
  uint64_t n = 0;
  json += "\"basis\":{\"kind\":\"evidence\",\"items\":[";
  for (uint64_t row = 0; row < seen.n_statements(); row++) {
    run.tell(is_all ? seen.n_roles() + 1 : whose + uint64_t{1}, row);
    uint32_t role = seen.role_of(row), code = seen.codes.values[row];
    const bool is_asked = is_all ? role < seen.n_roles() : role == whose;
    if (!is_asked || code >= seen.n_codes() || !cross.keeps[code]) continue;
    json += n++ == 0 ? "{\"kind\":\"statement\",\"id\":" : ",{\"kind\":\"statement\",\"id\":";
    put_quoted(json, seen.ids[row]);
    json += ",\"weight\":\"supporting\"}";
  }
  json += "]}";
  return n;
}

parallax_column codes_column(std::string_view name, const std::vector<uint32_t> &rows,
                             const Texts &labels) {
  parallax_column column{};
  column.struct_size = sizeof column;
  column.kind = PARALLAX_CODES;
  column.name = lend(name);
  column.len = rows.size();
  column.values = rows.data();
  column.dictionary = &labels.column;
  return column;
}

parallax_column numbers_column(std::string_view name, const std::vector<int64_t> &numbers) {
  parallax_column column{};
  column.struct_size = sizeof column;
  column.kind = PARALLAX_I64;
  column.name = lend(name);
  column.len = numbers.size();
  column.values = numbers.data();
  return column;
}

void hand_over_table(const Run &run, std::string_view about, std::string_view name,
                     const std::vector<parallax_column> &columns) {
  std::vector<const parallax_column *> pointers;
  for (const parallax_column &column : columns) pointers.push_back(&column);
  parallax_table table{};
  table.struct_size = sizeof table;
  table.n_columns = static_cast<uint32_t>(columns.size());
  table.name = lend(name);
  table.n_rows = columns.front().len;
  table.columns = pointers.data();
  check(run.job.table(&run.job, lend(about), &table));
}

/* The finding about one role: what it speaks of, and how often. */
void about_role(const Run &run, const Crosstab &cross, uint32_t role) {
  const std::string_view id = run.seen.roles.labels[role];
  std::vector<uint32_t> codes;
  std::vector<int64_t> times;
  for (uint32_t code : cross.codes) {
    if (cross.at(code, role) == 0) continue;
    codes.push_back(code);
    times.push_back(cross.at(code, role));
  }
  std::string json = "[{\"about\":";
  put_quoted(json, id);
  json += ",\"template\":\"role\",\"values\":{\"role\":{\"role\":";
  put_quoted(json, id);
  json += "}},";
  const uint64_t statements = put_evidence(json, run, cross, role);
  json += ",\"measures\":[";
  put_measure(json, "statements", statements);
  json += ',';
  put_measure(json, "codes", codes.size());
  json += "]}]";
  check(run.job.findings(&run.job, lend(json)));
  hand_over_table(run, id, "by_code",
                  {codes_column("code", codes, run.seen.codes.labels),
                   numbers_column("statements", times)});
}

/* The cross-tab as columns: the roles, then a column of numbers for each code. What stands above
 * such a column is the code itself, which is said as `codes/<id>`. */
void hand_over_crosstab(const Run &run, const Crosstab &cross) {
  std::vector<std::string> names;
  std::vector<std::vector<int64_t>> times;
  for (uint32_t code : cross.codes) {
    names.push_back("codes/" + std::string(run.seen.codes.labels[code]));
    times.emplace_back();
    for (uint32_t role : cross.roles) times.back().push_back(cross.at(code, role));
  }
  std::vector<parallax_column> columns{codes_column("role", cross.roles, run.seen.roles.labels)};
  for (size_t at = 0; at < names.size(); at++) {
    columns.push_back(numbers_column(names[at], times[at]));
  }
  hand_over_table(run, "all", "by_role", columns);
}

/* The finding about all roles, with the cross-tab. */
void about_all(const Run &run, const Crosstab &cross) {
  std::string json = "[{\"about\":\"all\",\"template\":\"all\",";
  const uint64_t statements = put_evidence(json, run, cross, PARALLAX_NONE);
  json += ",\"measures\":[";
  put_measure(json, "statements", statements);
  json += ',';
  put_measure(json, "roles", cross.roles.size());
  json += ',';
  put_measure(json, "codes", cross.codes.size());
  json += "]}]";
  check(run.job.findings(&run.job, lend(json)));
  hand_over_crosstab(run, cross);
}

/* ---- What the program calls ---- */

int64_t at_least_of(const parallax_job &job) {
  int64_t at_least = 1;
  const int32_t status = job.parameter_i64(&job, lend("/at_least"), &at_least);
  if (status != PARALLAX_ABSENT) check(status, "its parameter `at_least` cannot be read");
  return at_least;
}

void analyse(const parallax_job &job, const parallax_reading &reading) {
  const Run run{job, Seen(reading)};
  const Crosstab cross = counted(run, at_least_of(job));
  if (cross.codes.empty()) {
    throw Stopped{PARALLAX_NOT_AVAILABLE,
                  "no code has as many statements as `at_least` asks for"};
  }
  for (uint32_t role : cross.roles) about_role(run, cross, role);
  about_all(run, cross);
}

/* Tells why there are no findings, and passes the status on. */
int32_t give_up(const parallax_job &job, int32_t status, const char *reason) noexcept {
  const int32_t taken = job.reason(&job, {reason, std::char_traits<char>::length(reason)});
  return taken == PARALLAX_OK ? status : taken;
}

int32_t run(void *, const parallax_job *job, const parallax_reading *reading,
            parallax_string) noexcept {
  try {
    analyse(*job, *reading);
    return PARALLAX_OK;
  } catch (const Stopped &stopped) {
    if (stopped.reason == nullptr) return stopped.status;
    return give_up(*job, stopped.status, stopped.reason);
  } catch (const std::bad_alloc &) {
    return give_up(*job, PARALLAX_FAILED, "there is not enough memory for it");
  } catch (const std::exception &error) {
    return give_up(*job, PARALLAX_FAILED, error.what());
  } catch (...) {
    return give_up(*job, PARALLAX_FAILED, "it threw something that is no error");
  }
}

} // namespace

/* Says who it is, and whether it can work with this program. Magic and version come first, so that
 * a program of another version can say which side is too old; the functions of a job that it needs
 * came with version 1.1. */
extern "C" EXPORTED int32_t parallax_plugin_roles_by_code_cpp(const parallax_host *host,
                                                              parallax_plugin *plugin) noexcept {
  const uint32_t room = plugin->struct_size;
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
  plugin->manifest_json = lend(MANIFEST);
  plugin->state = nullptr;
  plugin->run = run;
  plugin->model_version = PARALLAX_MODEL_VERSION;
  plugin->reserved_too = 0;
  plugin->get_extension = nullptr;
  return PARALLAX_OK;
}
