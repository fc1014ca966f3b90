@NullMarked
package lazaret.toolchain.manifest;

import org.jspecify.annotations.NullMarked;
