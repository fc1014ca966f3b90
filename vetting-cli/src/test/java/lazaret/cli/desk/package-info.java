/// Tests of the package of the same name.
@NullMarked
package lazaret.cli.desk;

import org.jspecify.annotations.NullMarked;
