@NullMarked
package lazaret.vetting.lockfile;

import org.jspecify.annotations.NullMarked;
