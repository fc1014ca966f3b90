@NullMarked
package lazaret.cli;

import org.jspecify.annotations.NullMarked;
