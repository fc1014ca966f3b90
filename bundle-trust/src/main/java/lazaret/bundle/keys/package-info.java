/// The key files of officers.
///
/// A signature is made by a pair of keys ([ADR
/// 26](../../../../../../../docs/adr/0026-hybrid-signatures-ed25519-and-ml-dsa-65-pairs.md)).
@NullMarked
package lazaret.bundle.keys;

import org.jspecify.annotations.NullMarked;
