/// Audits of other people: the three files of a cargo-vet store, their criteria, and the search for
/// vetted versions. All types are immutable and read foreign bytes within limits. They use neither
/// disk nor network.
///
/// Source: the cargo-vet book (*Configuration*, *Algorithm*) and the observed behavior of cargo-vet
/// 0.10, whose verdicts and formatting are the oracles of the tests.
@NullMarked
package lazaret.vetting.audit;

import org.jspecify.annotations.NullMarked;
