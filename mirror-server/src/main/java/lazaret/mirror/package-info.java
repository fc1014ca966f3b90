/// The server: start, configuration and assembly of its parts.
@NullMarked
package lazaret.mirror;

import org.jspecify.annotations.NullMarked;
