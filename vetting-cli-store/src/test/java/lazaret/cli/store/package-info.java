@NullMarked
package lazaret.cli.store;

import org.jspecify.annotations.NullMarked;
