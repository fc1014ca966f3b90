/// The upstreams of crates: a registry over HTTP, a folder, none.
///
/// All classes treat upstream as hostile. Responses are bounded in time, size and number. Requests
/// reach no address outside of the configuration and the public internet. A failure is never
/// reported as "not found".
@NullMarked
package lazaret.mirror.upstream;

import org.jspecify.annotations.NullMarked;
