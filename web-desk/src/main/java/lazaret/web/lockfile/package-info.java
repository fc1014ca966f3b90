/// The pages on which a person checks a lockfile.
@NullMarked
package lazaret.web.lockfile;

import org.jspecify.annotations.NullMarked;
