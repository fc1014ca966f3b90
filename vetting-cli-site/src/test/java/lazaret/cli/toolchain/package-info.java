@NullMarked
package lazaret.cli.toolchain;

import org.jspecify.annotations.NullMarked;
