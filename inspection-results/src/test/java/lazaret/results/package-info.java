@NullMarked
package lazaret.results;

import org.jspecify.annotations.NullMarked;
