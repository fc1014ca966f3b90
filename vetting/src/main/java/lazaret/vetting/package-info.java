/// What a crate is and what may be served: pure values, rules and ports. Nothing in this module
/// touches a disk or a network.
@NullMarked
package lazaret.vetting;

import org.jspecify.annotations.NullMarked;
