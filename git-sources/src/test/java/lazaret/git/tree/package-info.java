@NullMarked
package lazaret.git.tree;

import org.jspecify.annotations.NullMarked;
