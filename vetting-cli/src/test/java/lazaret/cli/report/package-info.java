/// Tests of the package of the same name.
@NullMarked
package lazaret.cli.report;

import org.jspecify.annotations.NullMarked;
