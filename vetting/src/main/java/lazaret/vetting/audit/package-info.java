/// What other people say that they have read: the three files of a cargo-vet store, their criteria,
/// and the search that tells whether a version is vetted. Everything is immutable, reads foreign
/// bytes within limits, and knows neither disk nor network.
///
/// Source: the cargo-vet book (*Configuration*, *Algorithm*) and the observed behaviour of
/// cargo-vet 0.10, whose verdicts and whose formatting are the oracles of the tests.
@NullMarked
package lazaret.vetting.audit;

import org.jspecify.annotations.NullMarked;
