/// The trees of commits as files with a hash of their own.
@NullMarked
package lazaret.git.tree;

import org.jspecify.annotations.NullMarked;
