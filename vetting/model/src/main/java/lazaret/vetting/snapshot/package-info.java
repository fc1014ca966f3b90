/// Snapshots: the vetted crates of one moment, in a form that two networks can compare.
@NullMarked
package lazaret.vetting.snapshot;

import org.jspecify.annotations.NullMarked;
