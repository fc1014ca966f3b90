/// The identity of clients: the address or token by which limits, logs, rates count.
@NullMarked
package lazaret.mirror.clients;

import org.jspecify.annotations.NullMarked;
