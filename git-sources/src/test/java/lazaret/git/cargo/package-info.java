@NullMarked
package lazaret.git.cargo;

import org.jspecify.annotations.NullMarked;
