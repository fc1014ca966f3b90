/// The bundle commands of the desk ([ADR
/// 30](../../../../../../../docs/adr/0030-bundles-as-an-optional-plug-in.md)).
@NullMarked
package lazaret.bundle.service;

import org.jspecify.annotations.NullMarked;
