/// Who tried what: the supervisor that denies the calls which the filter leaves to it, decoy
/// credentials that tell when they are opened or show up elsewhere, and what a build would have
/// changed of the project. Everything ends as a `Violation`.
///
/// Nothing here lets anything happen that the namespaces and the inner filter would not have let
/// happen. What is read from a process is its own claim; it is bounded, and not neutralised for a
/// terminal.
@NullMarked
package lazaret.sandbox.watch;

import org.jspecify.annotations.NullMarked;
