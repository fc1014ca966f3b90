/// The admission of toolchains.
@NullMarked
package lazaret.toolchain;

import org.jspecify.annotations.NullMarked;
