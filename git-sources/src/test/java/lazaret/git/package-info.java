@NullMarked
package lazaret.git;

import org.jspecify.annotations.NullMarked;
