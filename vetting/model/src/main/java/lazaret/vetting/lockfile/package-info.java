/// `Cargo.lock` in the formats 1 to 4.
@NullMarked
package lazaret.vetting.lockfile;

import org.jspecify.annotations.NullMarked;
