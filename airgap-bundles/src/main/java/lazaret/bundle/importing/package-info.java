/// Takes bundles in: what a bundle brings is put where nothing leads to it, checked whole, and then
/// put in force by one write ([ADR
/// 28](../../../../../../../docs/adr/0028-stage-where-nothing-leads-then-flip.md)).
@NullMarked
package lazaret.bundle.importing;

import org.jspecify.annotations.NullMarked;
