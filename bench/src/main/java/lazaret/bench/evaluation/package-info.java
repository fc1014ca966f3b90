/// Measurements of the quality of verdicts, written to `docs/evaluation.md`.
///
/// They use records of known attacks, results of established tools, good crates, and inert copies
/// of bad ones.
@NullMarked
package lazaret.bench.evaluation;

import org.jspecify.annotations.NullMarked;
