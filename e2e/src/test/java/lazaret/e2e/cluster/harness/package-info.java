/// Scenes of several servers on one database, with the check of what they did.
@NullMarked
package lazaret.e2e.cluster.harness;

import org.jspecify.annotations.NullMarked;
