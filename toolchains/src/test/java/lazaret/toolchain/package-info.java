@NullMarked
package lazaret.toolchain;

import org.jspecify.annotations.NullMarked;
