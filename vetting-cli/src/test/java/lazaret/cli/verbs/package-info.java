/// Tests of the package of the same name.
@NullMarked
package lazaret.cli.verbs;

import org.jspecify.annotations.NullMarked;
