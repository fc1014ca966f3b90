@NullMarked
package lazaret.documentation.page;

import org.jspecify.annotations.NullMarked;
