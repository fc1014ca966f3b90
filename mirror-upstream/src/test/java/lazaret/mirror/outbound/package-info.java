@NullMarked
package lazaret.mirror.outbound;

import org.jspecify.annotations.NullMarked;
