@NullMarked
package lazaret.cli.hosting;

import org.jspecify.annotations.NullMarked;
