@NullMarked
package lazaret.web.lockfile;

import org.jspecify.annotations.NullMarked;
