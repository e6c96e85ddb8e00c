/* Does a plugin of version 1.0 still run: with the header, the structs and the functions of then? */
#include "parallax_plugin.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#if PARALLAX_ABI_MINOR != 0
#error "this is a plugin of version 1.0: build it with the header of then"
#endif

static const char MANIFEST[] =
    "{\"id\":\"first\",\"version\":\"1.0.0\",\"title\":\"Rows\",\"question\":\"How many?\","
    "\"method\":\"Counting.\",\"templates\":{\"rows\":{\"title\":\"Rows\","
    "\"sentence\":\"{rows} rows.\"}},\"words\":{\"rows\":\"rows\"}}";

static int32_t run(void *state, const parallax_job *job, const parallax_reading *reading,
                   parallax_string parameters) {
  (void)state;
  (void)parameters;
  uint64_t rows = 0;
  for (uint32_t t = 0; t < reading->n_tables; t++) {
    parallax_string name = reading->tables[t]->name;
    if (name.len == 10 && memcmp(name.start, "statements", 10) == 0) {
      rows = reading->tables[t]->n_rows;
    }
  }
  int32_t status = job->progress(job, 1, 1);
  if (status != PARALLAX_OK) return status;
  char json[256];
  int wrote = snprintf(json, sizeof json,
                       "[{\"about\":\"all\",\"template\":\"rows\",\"measures\":[{\"name\":\"rows\","
                       "\"number\":{\"kind\":\"count\",\"value\":%" PRIu64 "}}],"
                       "\"basis\":{\"kind\":\"none\",\"reason\":\"rows are counted\"}}]",
                       rows);
  if (wrote < 0 || (size_t)wrote >= sizeof json) return PARALLAX_FAILED;
  return job->findings(job, (parallax_string){json, (size_t)wrote});
}

__attribute__((visibility("default"))) int32_t parallax_plugin_first(const parallax_host *host,
                                                                     parallax_plugin *plugin) {
  uint32_t room = plugin->struct_size;
  if (host->magic != PARALLAX_MAGIC || room < offsetof(parallax_plugin, manifest_json)) {
    return PARALLAX_VERSION;
  }
  plugin->magic = PARALLAX_MAGIC;
  plugin->abi_major = PARALLAX_ABI_MAJOR;
  plugin->abi_minor = PARALLAX_ABI_MINOR;
  plugin->requires_minor = 0;
  if (host->abi_major != PARALLAX_ABI_MAJOR || room < sizeof *plugin) return PARALLAX_VERSION;
  plugin->struct_size = sizeof *plugin;
  plugin->manifest_json = (parallax_string){MANIFEST, sizeof MANIFEST - 1};
  plugin->state = NULL;
  plugin->run = run;
  return PARALLAX_OK;
}
