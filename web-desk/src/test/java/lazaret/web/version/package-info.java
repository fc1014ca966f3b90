@NullMarked
package lazaret.web.version;

import org.jspecify.annotations.NullMarked;
