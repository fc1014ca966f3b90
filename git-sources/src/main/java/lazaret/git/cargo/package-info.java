/// The packages of a tree in the form that cargo reads.
@NullMarked
package lazaret.git.cargo;

import org.jspecify.annotations.NullMarked;
