/// Tests of the identity of clients.
@NullMarked
package lazaret.mirror.clients;

import org.jspecify.annotations.NullMarked;
