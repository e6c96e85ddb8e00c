/* Has anything of this library run? Then somebody who waits at a pipe has company: to read is all
 * that a process in which plugins run may do with a file. */
#include <fcntl.h>
#include <unistd.h>

/* The plugin that counts, whose entry is called another name here. */
#define parallax_plugin_count_in_c counting_entry
#include COUNTING
#undef parallax_plugin_count_in_c

static void leave(void) {
  int file = open(MARKER, O_RDONLY);
  if (file >= 0) close(file);
}

__attribute__((constructor)) static void loaded(void) { leave(); }

EXPORTED int32_t parallax_plugin_count_in_c(const parallax_host *host, parallax_plugin *plugin) {
  leave();
  return counting_entry(host, plugin);
}

/* Under the name of an analysis that comes with the program. */
EXPORTED int32_t parallax_plugin_expectation_mismatch(const parallax_host *host,
                                                      parallax_plugin *plugin) {
  leave();
  return counting_entry(host, plugin);
}
