@NullMarked
package lazaret.web.sources;

import org.jspecify.annotations.NullMarked;
