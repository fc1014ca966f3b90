/// Tests of the package of the same name.
@NullMarked
package lazaret.cli.doctor;

import org.jspecify.annotations.NullMarked;
