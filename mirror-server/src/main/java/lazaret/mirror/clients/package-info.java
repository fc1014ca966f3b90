/// The identity of clients: the address or token that limits, logs and rates count by, and how it
/// is found behind a trusted proxy.
@NullMarked
package lazaret.mirror.clients;

import org.jspecify.annotations.NullMarked;
