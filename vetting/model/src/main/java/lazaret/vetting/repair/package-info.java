/// Commands for cargo that bring a lockfile to versions that pass, derived from the lockfile's own
/// graph.
@NullMarked
package lazaret.vetting.repair;

import org.jspecify.annotations.NullMarked;
