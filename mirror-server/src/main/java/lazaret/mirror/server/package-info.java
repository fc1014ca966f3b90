/// The Helidon adapter with router, authentication, health, metrics.
@NullMarked
package lazaret.mirror.server;

import org.jspecify.annotations.NullMarked;
