/// The identity of clients: the address or token by which limits, logs and rates count, and its
/// detection behind a trusted proxy.
@NullMarked
package lazaret.mirror.clients;

import org.jspecify.annotations.NullMarked;
