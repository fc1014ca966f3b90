@NullMarked
package lazaret.mirror.server;

import org.jspecify.annotations.NullMarked;
