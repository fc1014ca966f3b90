@NullMarked
package lazaret.toolchain.signature;

import org.jspecify.annotations.NullMarked;
