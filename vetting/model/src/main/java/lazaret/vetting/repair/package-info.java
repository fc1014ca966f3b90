/// The search for cargo commands that bring a lockfile to versions that pass.
@NullMarked
package lazaret.vetting.repair;

import org.jspecify.annotations.NullMarked;
