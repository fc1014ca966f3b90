/// The import of a bundle: staged, verified, switched by one write.
///
/// The content of a bundle is stored without being published, verified as a whole, and then put in
/// force by one write ([ADR
/// 28](../../../../../../../docs/adr/0028-bundle-import-stage-then-switch.md)).
@NullMarked
package lazaret.bundle.importing;

import org.jspecify.annotations.NullMarked;
