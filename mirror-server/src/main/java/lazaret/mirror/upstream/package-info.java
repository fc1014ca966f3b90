/// The upstreams of crates behind the port of the vetting module: a registry over HTTP, a folder,
/// or none. All classes treat upstream as hostile. Responses are bounded in time, size and number.
/// Requests reach no address outside of the configuration and the public internet. A failure is
/// never reported as "not found".
@NullMarked
package lazaret.mirror.upstream;

import org.jspecify.annotations.NullMarked;
