@NullMarked
package lazaret.documentation;

import org.jspecify.annotations.NullMarked;
