/// Snapshots: what was vetted at one moment, crate by crate, in a form that two networks can agree
/// on.
@NullMarked
package lazaret.vetting.snapshot;

import org.jspecify.annotations.NullMarked;
