/// Who may say what is inside: pairs of keys, the root that names them, how roots follow one
/// another, and what a bundle's metadata must be beyond the TUF specification ([ADR
/// 26](../../../../../../../docs/adr/0026-officers-sign-in-pairs.md)).
@NullMarked
package lazaret.bundle.keys;

import org.jspecify.annotations.NullMarked;
