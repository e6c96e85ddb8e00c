/* What if a library changes how the processor computes: when it is loaded, when it is entered, and
 * when it runs? As one does that was built with -ffast-math, on every system with every compiler. */
#include "parallax_plugin.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
static void flush(void) { _mm_setcsr(_mm_getcsr() | 0x8040u); }
#elif defined(__aarch64__)
static void flush(void) {
  uint64_t control;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  control |= UINT64_C(1) << 24;
  __asm__ volatile("msr fpcr, %0" : : "r"(control));
}
#else
static void flush(void) {}
#endif

static const char MANIFEST[] =
    "{\"id\":\"flush\",\"version\":\"1.0.0\",\"title\":\"T\",\"question\":\"Q?\",\"method\":\"M\","
    "\"templates\":{}}";

#ifdef AT_START
__attribute__((constructor)) static void start(void) { flush(); }
#endif

static int32_t run(void *state, const parallax_job *job, const parallax_reading *reading,
                   parallax_string parameters) {
  (void)state;
  (void)reading;
  (void)parameters;
  (void)flush;
#ifdef AT_RUN
  flush();
#endif
  return job->findings(job, (parallax_string){"[]", 2});
}

__attribute__((visibility("default"))) int32_t parallax_plugin_flush(const parallax_host *host,
                                                                     parallax_plugin *plugin) {
  (void)host;
#ifdef AT_ENTRY
  flush();
#endif
  plugin->magic = PARALLAX_MAGIC;
  plugin->abi_major = PARALLAX_ABI_MAJOR;
  plugin->abi_minor = PARALLAX_ABI_MINOR;
  plugin->requires_minor = 0;
  plugin->struct_size = sizeof *plugin;
  plugin->manifest_json = (parallax_string){MANIFEST, sizeof MANIFEST - 1};
  plugin->state = NULL;
  plugin->run = run;
  plugin->model_version = PARALLAX_MODEL_VERSION;
  plugin->reserved_too = 0;
  plugin->get_extension = NULL;
  return PARALLAX_OK;
}
