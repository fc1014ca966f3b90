/// Signs that a crate or an account was taken over, seen across versions and crates where the bytes
/// of one version show nothing: what a version newly depends on, how its number jumps, whose name
/// it resembles, who published it.
@NullMarked
package lazaret.vetting.takeover;

import org.jspecify.annotations.NullMarked;
