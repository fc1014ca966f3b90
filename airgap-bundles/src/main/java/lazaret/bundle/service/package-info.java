/// The bundle commands of the desk and their execution on the store of a gate ([ADR
/// 30](../../../../../../../docs/adr/0030-the-gate-does-not-know-its-freight.md)).
@NullMarked
package lazaret.bundle.service;

import org.jspecify.annotations.NullMarked;
