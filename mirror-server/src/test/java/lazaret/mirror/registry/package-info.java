@NullMarked
package lazaret.mirror.registry;

import org.jspecify.annotations.NullMarked;
