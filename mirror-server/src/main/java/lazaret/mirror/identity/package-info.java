/// The assembly of the ways in which persons and jobs prove their identity.
@NullMarked
package lazaret.mirror.identity;

import org.jspecify.annotations.NullMarked;
