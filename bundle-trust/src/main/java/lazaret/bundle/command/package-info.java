/// The programs of the operator that sign for bundles or check them.
@NullMarked
package lazaret.bundle.command;

import org.jspecify.annotations.NullMarked;
