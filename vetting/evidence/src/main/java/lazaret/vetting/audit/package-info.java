/// The search over audits of other people that decides whether a version is vetted.
///
/// All types are immutable and read foreign bytes within limits. They use neither disk nor network.
///
/// Source: the cargo-vet book (*Configuration*, *Algorithm*) and the observed behavior of cargo-vet
/// 0.10, whose verdicts and formatting are the oracles of the tests.
@NullMarked
package lazaret.vetting.audit;

import org.jspecify.annotations.NullMarked;
