/// The keys and roots of bundles. They are pairs of keys, the root that names them, the succession
/// of roots, and the rules on metadata in addition to the TUF specification ([ADR
/// 26](../../../../../../../docs/adr/0026-hybrid-signatures-ed25519-and-ml-dsa-65-pairs.md)).
@NullMarked
package lazaret.bundle.keys;

import org.jspecify.annotations.NullMarked;
