/// The Update Framework: who may say what a repository holds, checked against keys that were
/// trusted before. Follows the TUF specification 1.0.34, and TAP 21 for ML-DSA.
@NullMarked
package lazaret.bundle.tuf;

import org.jspecify.annotations.NullMarked;
