/// Commands for cargo that bring a lockfile to versions that pass, found on the lockfile's own
/// graph.
@NullMarked
package lazaret.vetting.repair;

import org.jspecify.annotations.NullMarked;
