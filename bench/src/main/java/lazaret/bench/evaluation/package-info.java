/// Measures how good the judge is: on the records of known attacks, on what established tools say,
/// on good crates and on inert copies of bad ones. Writes `docs/evaluation.md`.
@NullMarked
package lazaret.bench.evaluation;

import org.jspecify.annotations.NullMarked;
