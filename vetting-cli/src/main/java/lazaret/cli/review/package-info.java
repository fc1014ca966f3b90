/// The commands that show versions to a reviewer.
@NullMarked
package lazaret.cli.review;

import org.jspecify.annotations.NullMarked;
