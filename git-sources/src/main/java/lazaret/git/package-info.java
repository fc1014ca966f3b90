/// The admission of commits of Git repositories.
@NullMarked
package lazaret.git;

import org.jspecify.annotations.NullMarked;
