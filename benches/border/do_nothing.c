/* What does it cost to be called? An analysis in C that looks at nothing and finds nothing. */
#include "parallax_plugin.h"

static const char MANIFEST[] =
    "{\"id\":\"nothing-in-c\",\"version\":\"1.0.0\",\"title\":\"Nothing\",\"question\":\"What?\","
    "\"method\":\"None.\",\"templates\":{}}";

static int32_t run(void *state, const parallax_job *job, const parallax_reading *reading,
                   parallax_string parameters) {
  (void)state;
  (void)reading;
  (void)parameters;
  return job->findings(job, (parallax_string){"[]", 2});
}

__attribute__((visibility("default"))) int32_t
parallax_plugin_nothing_in_c(const parallax_host *host, parallax_plugin *plugin) {
  uint32_t room = plugin->struct_size;
  if (host->magic != PARALLAX_MAGIC || room < sizeof *plugin) return PARALLAX_VERSION;
  plugin->magic = PARALLAX_MAGIC;
  plugin->abi_major = PARALLAX_ABI_MAJOR;
  plugin->abi_minor = PARALLAX_ABI_MINOR;
  plugin->requires_minor = 0;
  if (host->abi_major != PARALLAX_ABI_MAJOR) return PARALLAX_VERSION;
  plugin->struct_size = sizeof *plugin;
  plugin->manifest_json = (parallax_string){MANIFEST, sizeof MANIFEST - 1};
  plugin->run = run;
  plugin->model_version = PARALLAX_MODEL_VERSION;
  return PARALLAX_OK;
}
