/// The Update Framework: authorization of repository content by keys that were trusted before.
///
/// It follows the TUF specification 1.0.34, and TAP 21 for ML-DSA.
@NullMarked
package lazaret.bundle.tuf;

import org.jspecify.annotations.NullMarked;
